import type { Message } from '../../src/core/agent.js';
import type { PastTurn } from './past.js';

/** What a seat remembers of its earlier turns. */
export interface Recollection {
  /** What stands for turns that are left out, in words; empty where none is. */
  readonly notes: string;
  /** The turns kept whole, oldest first. */
  readonly turns: readonly PastTurn[];
}

/** Asks the seat's own model something beside the game; the call is recorded with the turn in which it is made. */
export type Aside = (messages: readonly Message[]) => Promise<string>;

/** A memory of one episode and seat. Knows nothing but what the seat was told and did. */
export type Memory = (past: readonly PastTurn[], aside: Aside) => Recollection | Promise<Recollection>;

/** A kind of memory: a file of `memory/`, named by its id, its argument behind a colon. */
export interface MemoryKind {
  readonly id: string;
  readonly title: string;
  /** How it is written, with an example. */
  readonly usage: string;
  /** @param argument what stands behind the colon, empty where nothing does. @throws UserError */
  open(argument: string): () => Memory;
}
