import type { Catalogue } from '../core/catalogue.js';
import type { Environment } from '../core/environment.js';
import type { Door } from './doors/door.js';
import type { Limits } from './limits.js';
import type { Patience } from './lobby/sweep.js';
import type { TableAgent } from './matches/hall.js';
import type { MatchStore } from './matches/store.js';
import type { Place } from './replays/shelf.js';

/** The doors to open, and what holds for each. */
export interface DoorOptions {
  readonly doors: readonly Door[];
  /** The key clients must show; none where absent. */
  readonly key?: string;
  /** Most sessions open at each door. */
  readonly sessions: number;
  /** Milliseconds after which a session that nobody uses is closed. */
  readonly idleMs: number;
  /** Milliseconds for each request of an environment to the outside. */
  readonly callMs: number;
  /** The file that records of finished episodes go to; nowhere when absent. */
  readonly records?: string;
}

export interface ServerOptions {
  readonly catalogue: Catalogue;
  readonly environments: ReadonlyMap<string, Environment>;
  /** Agents that people may seat, in the order they are offered. */
  readonly agents: ReadonlyMap<string, TableAgent>;
  /** 0 takes any that is free. */
  readonly port: number;
  /** 127.0.0.1 when absent: only this machine reaches it. */
  readonly host?: string;
  /** Where pages may come from besides the server's own address: `https://games.example`. */
  readonly origins?: readonly string[];
  /** Where matches live; with this process when absent. */
  readonly store?: MatchStore;
  /** Whether a proxy stands before the server and says who asks. */
  readonly trustProxy?: boolean;
  readonly metrics?: boolean;
  /** The token with which the operator sees everything; nobody does when absent. */
  readonly operator?: string;
  readonly limits?: Partial<Limits>;
  readonly patience?: Partial<Patience>;
  /** Where records lie that may be looked at. */
  readonly records?: readonly Place[];
  /** The least time an agent takes for a move at a table with people, in milliseconds; none when absent. */
  readonly paceMs?: number;
  /** The most an agent has for a turn, in milliseconds; a minute when absent. */
  readonly agentMs?: number;
  /** Protocols by which programs elsewhere play; none when absent. */
  readonly doors?: DoorOptions;
  /** Where the built page lies. */
  readonly page?: string;
  /** Takes each line of the log. */
  readonly log?: (line: string) => void;
}
