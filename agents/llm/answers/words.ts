import { howToAnswer, print, readAnswer } from '../../../src/core/answers.js';
import { good } from '../../../src/core/read.js';
import type { AnswerForm } from '../question.js';
import { replyOf, thoughtOf } from './reply.js';

/** Answers in words, read by the strict contract: for models that know neither schemas nor tools. */
export const words: AnswerForm = {
  words(vocabulary, space, think) {
    const how = howToAnswer(vocabulary, space);
    return think === undefined ? how : `${think} Write your thoughts first, then the answer.\n\n${how}`;
  },
  request: () => ({}),
  read(vocabulary, space, reply) {
    const said = replyOf(reply);
    const read = readAnswer(vocabulary, space, said);
    return read.ok ? good({ move: read.value, thought: thoughtOf(reply), reply: said }) : read;
  },
  write: (_, space, move) => ({ role: 'assistant', content: print(space, move) }),
};
