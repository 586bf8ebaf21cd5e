import type { Environment } from '../../src/core/environment.js';
import { reachesGoal } from '../../src/core/hindsight.js';
import { fingerprint, type JsonObject } from '../../src/core/json.js';
import type { EpisodeRecord } from '../schema.js';
import { Fingerprints } from './fingerprints.js';

/**
 * Name of the group of a seat's episode: same environment, version, configuration, seed, seat and opponents. What
 * differs inside a group is what the agent of the seat did.
 */
export function groupOf({ environment, seed, seats, parent }: EpisodeRecord, seat: number): string {
  const { id, version, config } = environment;
  const others = seats.filter((_, other) => other !== seat);
  return fingerprint(JSON.stringify([id, version, config, seed, parent ?? null, seat, others]));
}

/**
 * Whether an episode went well for a seat; null for a draw. At a table of rivals: its return is the best there, and not
 * everybody's. Alone, or where all are paid alike: its return is in the upper half of the range. A seat that only
 * outlived another's forfeit has shown nothing: null.
 */
export function passed(record: EpisodeRecord, environment: Environment, seat: number): boolean | null {
  const { returns, forfeits } = record.end;
  const own = returns?.[seat];
  if (returns === null || own === undefined) return null;
  if (forfeits !== undefined && !(seat in forfeits)) return null;
  const facts = environment.spec.facts(record.environment.config as JsonObject);
  if (returns.length === 1 || facts.utility.kind === 'identical') return reachesGoal(facts, own);
  const best = Math.max(...returns);
  return best === Math.min(...returns) ? null : own === best;
}

/** How the returns of a group lie. */
export interface GroupFigures {
  readonly samples: number;
  readonly least: number;
  readonly best: number;
  /** Share of its samples that passed. */
  readonly passRate: number;
}

/** What is known of all groups: four numbers each. */
export class Groups {
  readonly #names = new Fingerprints();
  readonly #samples: number[] = [];
  readonly #least: number[] = [];
  readonly #best: number[] = [];
  readonly #passed: number[] = [];

  /** Takes one more sample of a group; gives its index in the group, from 0. */
  add(group: string, returned: number, well: boolean | null): number {
    const id = this.#names.add(group);
    const index = this.#samples[id] ?? 0;
    this.#samples[id] = index + 1;
    this.#least[id] = Math.min(this.#least[id] ?? returned, returned);
    this.#best[id] = Math.max(this.#best[id] ?? returned, returned);
    this.#passed[id] = (this.#passed[id] ?? 0) + (well === true ? 1 : 0);
    return index;
  }

  /** @throws RangeError for a group that was never added to */
  of(group: string): GroupFigures {
    if (!this.#names.has(group)) throw new RangeError(`there is no group ${group}`);
    const id = this.#names.add(group);
    const samples = this.#samples[id] as number;
    return {
      samples,
      least: this.#least[id] as number,
      best: this.#best[id] as number,
      passRate: (this.#passed[id] as number) / samples,
    };
  }

  /** Groups of several samples can teach by comparison, unless all of theirs are worth the same. */
  summary(): {
    readonly groups: number;
    readonly single: number;
    readonly allEqual: number;
    readonly noSignal: number;
  } {
    let single = 0;
    let allEqual = 0;
    for (const [id, samples] of this.#samples.entries()) {
      if (samples === 1) single++;
      else if (this.#least[id] === this.#best[id]) allEqual++;
    }
    const groups = this.#samples.length;
    return { groups, single, allEqual, noSignal: groups === 0 ? 0 : (single + allEqual) / groups };
  }
}
