import { z } from 'zod';
import type { Message, ModelCall } from '../../src/core/agent.js';
import { print } from '../../src/core/answers.js';
import type { Form, Vocabulary } from '../../src/core/space.js';
import { type Model, type ModelParameters, toModelCall } from '../../src/llm/model.js';
import type { Scorer } from '../wrappers/best-of.js';
import type { AnswerForm } from './question.js';

const RATING: Form = {
  description: '{"rating": 0 to 10}, 10 for the best move there could be',
  schema: z.strictObject({ rating: z.number().min(0).max(10) }),
  sample: (rng) => ({ rating: rng.below(11) }),
};
const VOCABULARY: Vocabulary = { forms: { rating: RATING } };
const SPACE = { kind: 'form', form: 'rating' } as const;

/** A model as the judge of moves, shown what the seat is shown. A rating that cannot be read counts as the lowest. */
export function modelScorer(model: Model, parameters: ModelParameters, form: AnswerForm): Scorer {
  return async (move, request) => {
    const proposal = `A player in this seat would answer:\n${print(request.space, move)}`;
    const ask = `Rate that answer for this seat.\n${form.words(VOCABULARY, SPACE, undefined)}`;
    const messages: Message[] = [{ role: 'user', content: `${request.text}\n\n---\n\n${proposal}\n\n${ask}` }];
    const { toolChoice: _, ...wanted } = form.request(VOCABULARY, SPACE, undefined);
    const asked = { messages, ...wanted, parameters };
    const reply = await model.call(asked, request.signal);
    const calls: ModelCall[] = [toModelCall(asked, reply)];
    const read = form.read(VOCABULARY, SPACE, reply, undefined);
    return { score: read.ok ? (read.value.move as { readonly rating: number }).rating : 0, calls };
  };
}
