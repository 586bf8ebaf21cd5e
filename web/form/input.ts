import type { Draft, Fault } from './draft.js';
import type { Field } from './field.js';

/** What every input of a form gets. */
export interface Input<F extends Field = Field> {
  readonly field: F;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly label: string;
  readonly says: string;
  /** What is wrong with it or below it, by places seen from here; empty until it is to be shown. */
  readonly faults: readonly Fault[];
}

/** The faults of a part, seen from there. */
export function faultsBelow(faults: readonly Fault[], at: number): readonly Fault[] {
  return faults.filter(({ path }) => path[0] === at).map(({ path, text }) => ({ path: path.slice(1), text }));
}
