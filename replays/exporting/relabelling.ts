import type { Environment } from '../../src/core/environment.js';
import { refuseUnable, relabelled } from '../relabel.js';
import type { EpisodeRecord } from '../schema.js';
import { Counts } from './counts.js';
import { passed } from './groups.js';

/** Makes the relabelled episodes of an export, and counts what became of each episode. */
export class Relabelling {
  readonly #leftOut = new Counts();
  #made = 0;

  /**
   * What a failed episode is in hindsight; null where it reached its own goal or no other.
   * @throws UserError as `refuseUnable` does
   */
  of(record: EpisodeRecord, environment: Environment): EpisodeRecord | null {
    refuseUnable(record, environment);
    const made = passed(record, environment, 0) === true ? 'it reached its own goal' : relabelled(record, environment);
    if (typeof made === 'string') this.#leftOut.add(made);
    else this.#made++;
    return typeof made === 'string' ? null : made;
  }

  summary(): { readonly made: number; readonly leftOut: { readonly [reason: string]: number } } {
    return { made: this.#made, leftOut: this.#leftOut.toJSON() };
  }
}
