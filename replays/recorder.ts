import type { AgentManifest } from '../src/core/agent.js';
import type { Environment } from '../src/core/environment.js';
import { fingerprint, type Json, type JsonObject } from '../src/core/json.js';
import type { Ending, Progress } from '../src/core/play.js';
import type { Seed } from '../src/core/rng.js';
import { MessageStore, packStep, packTries } from './messages.js';
import { type Consent, type Header, SCHEMA } from './schema.js';

/** What identifies an episode before it is played. */
export interface EpisodeOrigin {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly seed: Seed;
  readonly parent?: { readonly id: string; readonly step: number };
  /** What the people in it allow; absent where nobody is to be asked. */
  readonly consent?: Consent;
}

/** The id of an episode: the same game with the same seed and agents has the same id wherever it is played. */
export function episodeId(origin: EpisodeOrigin, seats: readonly AgentManifest[]): string {
  const { id, version } = origin.environment.spec;
  const text = JSON.stringify([id, version, origin.config, String(origin.seed), seats, origin.parent ?? null]);
  return fingerprint(text) + fingerprint(`id ${text}`).slice(0, 8);
}

/**
 * Turns what the step loop tells into the text of a record. Each step is written out once, as it happens; the same text
 * goes to the journal and into the finished line.
 */
export class Recorder {
  readonly #origin: EpisodeOrigin;
  readonly #started: string | undefined;
  readonly #store = new MessageStore();
  readonly #steps: string[] = [];
  #header: Header | undefined;
  #journalled = 0;

  /** @param started ISO time, or nothing under a fixed clock */
  constructor(origin: EpisodeOrigin, started?: string) {
    this.#origin = origin;
    this.#started = started;
  }

  begin(progress: Progress & { kind: 'started' }): Header {
    const { environment, config, seed, parent, consent } = this.#origin;
    this.#header = {
      ludus: SCHEMA,
      id: episodeId(this.#origin, progress.seats),
      environment: { id: environment.spec.id, version: environment.spec.version, config },
      seed: String(seed),
      seats: [...progress.seats],
      ...(this.#started === undefined ? {} : { started: this.#started }),
      ...(parent === undefined ? {} : { parent }),
      ...(consent === undefined ? {} : { consent }),
      start: progress.hash ?? '',
    };
    return this.#header;
  }

  /** Takes a step and gives its text. */
  step(progress: Progress & { kind: 'step' }): string {
    const text = JSON.stringify(packStep(progress.step, this.#store));
    this.#steps.push(text);
    return text;
  }

  /** Messages stored since the last call of this. */
  newMessages(): readonly Json[] {
    const fresh = this.#store.list.slice(this.#journalled);
    this.#journalled = this.#store.list.length;
    return fresh;
  }

  /** The whole record as one line, with its newline. */
  line(ending: Ending): string {
    const forfeits = ending.forfeits === undefined ? {} : { forfeits: packTries(ending.forfeits, this.#store) };
    const end = JSON.stringify({ ...ending, ...forfeits });
    const head = JSON.stringify(this.#header).slice(0, -1);
    const messages = this.#store.list.length === 0 ? '' : `,"messages":${JSON.stringify(this.#store.list)}`;
    return `${head}${messages},"steps":[${this.#steps.join(',')}],"end":${end}}\n`;
  }
}
