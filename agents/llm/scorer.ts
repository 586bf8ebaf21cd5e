import { z } from 'zod';
import type { ActRequest, Message, ModelCall } from '../../src/core/agent.js';
import { print } from '../../src/core/answers.js';
import type { Form, Move, Vocabulary } from '../../src/core/space.js';
import {
  type Model,
  ModelError,
  type ModelParameters,
  type ModelRequest,
  toFailedCall,
  toModelCall,
} from '../../src/llm/model.js';
import type { Scorer } from '../wrappers/best-of.js';
import type { Asking } from './answers/asking.js';
import { allBut } from './answers/refused.js';
import { endOfRun } from './hopeless.js';

const RATING: Form = {
  description: '{"rating": 0 to 10}, 10 for the best move there could be',
  schema: z.strictObject({ rating: z.number().min(0).max(10) }),
  sample: (rng) => ({ rating: rng.below(11) }),
};
const VOCABULARY: Vocabulary = { forms: { rating: RATING } };
const SPACE = { kind: 'form', form: 'rating' } as const;

/** A model as the judge of moves, shown what the seat is shown. A rating that cannot be read counts as the lowest. */
export function modelScorer(model: Model, parameters: ModelParameters, open: () => Asking): Scorer {
  return async (move, request) => {
    const asking = open();
    asking.begin();
    const calls: ModelCall[] = [];
    for (;;) {
      const asked = requestOf(move, request, parameters, asking);
      const formed = asked.schema !== undefined;
      try {
        const reply = await model.call(asked, request.signal);
        calls.push(toModelCall(asked, reply));
        const read = asking.form.read(VOCABULARY, SPACE, reply, undefined);
        return { score: read.ok ? (read.value.move as { readonly rating: number }).rating : 0, calls };
      } catch (thrown) {
        if (thrown instanceof ModelError) calls.push(toFailedCall(model.id, asked, thrown));
        if (!asking.givesWay(thrown, formed)) throw endOfRun(thrown) ?? thrown;
      }
    }
  };
}

function requestOf(move: Move, request: ActRequest, given: ModelParameters, asking: Asking): ModelRequest {
  const proposal = `A player in this seat would answer:\n${print(request.space, move)}`;
  const ask = `Rate that answer for this seat.\n${asking.form.words(VOCABULARY, SPACE, undefined)}`;
  const messages: Message[] = [{ role: 'user', content: `${request.text}\n\n---\n\n${proposal}\n\n${ask}` }];
  const { toolChoice: _, ...wanted } = asking.form.request(VOCABULARY, SPACE, undefined);
  return { messages, ...wanted, parameters: allBut(given, asking.without(true)) };
}
