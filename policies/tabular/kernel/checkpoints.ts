import { UserError } from '../../../src/core/errors.js';
import type { Json } from '../../../src/core/json.js';
import type { RngState } from '../../../src/core/rng.js';
import type { Checkpoint } from '../../solver.js';

/** Puts saved arrays back into those of a solver. @throws UserError, before anything is changed, when one does not fit */
export function refill(checkpoint: Checkpoint, arrays: { readonly [name: string]: Float64Array }): void {
  for (const [name, array] of Object.entries(arrays)) {
    const length = checkpoint.arrays[name]?.length;
    if (length !== array.length)
      throw misfit(`"${name}" has ${length ?? 'no'} numbers where ${array.length} are needed`);
  }
  for (const [name, array] of Object.entries(arrays)) array.set(checkpoint.arrays[name] as Float64Array);
}

/** The iterations a checkpoint stands at. */
export function countOf({ numbers }: Checkpoint): number {
  const count = numbers.iterations;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return count;
  throw misfit('it does not say at which iteration it stands');
}

/** The state of the generator that a checkpoint holds. */
export function rngStateOf({ numbers }: Checkpoint): RngState {
  const state: Json | undefined = numbers.rng;
  if (Array.isArray(state) && state.length === 4) return state as unknown as RngState;
  throw misfit('it holds no state of a generator');
}

function misfit(why: string): UserError {
  return new UserError(`the checkpoint is of another game, solver or road: ${why}`);
}
