import { z } from 'zod';
import { excerpt, type Json } from '../../../src/core/json.js';
import type { ChoiceSpace, Form } from '../../../src/core/space.js';
import type { Question } from '../question.js';

const FORM = 'candidates';

/** Asks for several different options of a choice at once. */
export function candidatesWanted({ options }: ChoiceSpace, count: number): Question {
  const ids = options.map(({ id }) => id) as [string, ...string[]];
  const form: Form = {
    description: `{"candidates": [...]}, ${count} different ones of: ${ids.join(', ')}`,
    schema: z.strictObject({ candidates: z.array(z.enum(ids)).length(count) }),
    refuse: (value) => {
      const given = candidatesIn(value);
      return new Set(given).size === count ? null : `${excerpt(JSON.stringify(given))} names one twice`;
    },
    sample: (rng) => ({ candidates: rng.shuffled(ids).slice(0, count) }),
  };
  const text = `Think of ${count} strategically different candidates for your turn; you choose among them afterwards.`;
  return { text, space: { kind: 'form', form: FORM }, vocabulary: { forms: { [FORM]: form } } };
}

/** The candidates of an answer. */
export function candidatesIn(value: Json): readonly Json[] {
  return (value as { readonly candidates: readonly Json[] }).candidates;
}
