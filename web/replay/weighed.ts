import type { Grade } from '../../replays/annotations.js';
import { isObject, type Json } from '../../src/core/json.js';

/** One option as somebody weighed it. */
export interface Weighed {
  readonly option: string;
  /** From 0 to 1; null where none was given. */
  readonly probability: number | null;
  readonly value: number | null;
  /** How good it is beside the others, from 0 to 1, to draw it by. */
  readonly share: number;
  readonly played: boolean;
}

/** What an agent weighed, as far as it is options with probabilities or values; null where it is something else. */
export function weighed(candidates: readonly Json[], played: Json): readonly Weighed[] | null {
  const read = candidates.map(candidateOf);
  if (read.length === 0 || read.some((one) => one === null)) return null;
  return withShares(read as Bare[], typeof played === 'string' ? played : JSON.stringify(played));
}

/** What a grade says of the options. */
export function graded({ options, probabilities, values, played }: Grade): readonly Weighed[] {
  const bare = options.map((option, at) => ({
    option,
    probability: probabilities[at] ?? null,
    value: values[at] ?? null,
  }));
  return withShares(bare, played);
}

type Bare = Pick<Weighed, 'option' | 'probability' | 'value'>;

const NAMES = ['id', 'option', 'move', 'action'];

function candidateOf(candidate: Json): Bare | null {
  if (!isObject(candidate)) return null;
  const name = NAMES.find((key) => candidate[key] !== undefined);
  if (name === undefined) return null;
  const [probability, value] = [numberOf(candidate.probability), numberOf(candidate.value)];
  if (probability === null && value === null) return null;
  const option = candidate[name] as Json;
  return { option: typeof option === 'string' ? option : JSON.stringify(option), probability, value };
}

function withShares(options: readonly Bare[], played: string): Weighed[] {
  const values = options.flatMap(({ value }) => (value === null ? [] : [value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const share = ({ probability, value }: Bare) =>
    probability ?? (value === null ? 0 : high === low ? 1 : (value - low) / (high - low));
  return options.map((one) => ({ ...one, share: share(one), played: one.option === played }));
}

function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
