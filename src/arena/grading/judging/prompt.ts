import { z } from 'zod';
import type { AskedThere } from '../../../../replays/asked.js';
import type { Message } from '../../../core/agent.js';
import { print, readAnswer } from '../../../core/answers.js';
import { seatName } from '../../../core/environment.js';
import { isObject, type Json } from '../../../core/json.js';
import type { Read } from '../../../core/read.js';
import { type ActionSpace, check, type Form, type FormSpace, type Move, type Vocabulary } from '../../../core/space.js';

/** Version of the words a judge is asked in. Judgements carry it; it changes with any change here. */
export const PROMPT = 1;

/** What a judge looks for where nobody says. */
export const RUBRIC = [
  "Judge how good the answer is for the player's own result, given what the player could know at that moment.",
  'Do not judge by luck: an answer can be good and lose. Do not reward style, length or politeness.',
  '1 is an answer that could hardly be better, 0.5 one that neither helps nor harms, 0 a clear mistake.',
].join('\n');

/** What is asked of a judge beside the turn itself. */
export interface Asking {
  readonly rubric: string;
  /** The most other answers to score; 0 asks for none. */
  readonly alternatives: number;
  /** Shows it what the seat could not know. */
  readonly allSeeing: boolean;
}

/** A judge's answer. The reason stands first, so that it is thought of before the score. */
export interface Verdict {
  readonly reason: string;
  readonly score: number;
  readonly alternatives?: readonly { readonly answer: string; readonly reason: string; readonly score: number }[];
}

export const SPACE: FormSpace = { kind: 'form', form: 'verdict' };

/** The turn as a judge reads it; how to answer is added below. */
export function turnMessages(turn: AskedThere, { rubric, allSeeing }: Asking): readonly [Message, string] {
  const system = `You judge single answers of players in games and tasks.\n\n${rubric}`;
  const parts = [
    `This is all that ${seatName(turn.seat)} was told before it answered:`,
    fenced('told', turn.told),
    ...(allSeeing ? ['What it could not know is this. All that had happened:', fenced('hidden', turn.whole)] : []),
    `${seatName(turn.seat)} answered:`,
    fenced('answered', print(turn.space, turn.decided.move)),
  ];
  return [{ role: 'system', content: system }, parts.join('\n')];
}

/** NOTE: what is judged may ask to be judged well; marks show where it begins and ends. */
function fenced(mark: string, text: string): string {
  return `<<<${mark}\n${text}\n${mark}>>>`;
}

/** The form of a verdict on a turn: strict, and its other answers must be ones that the turn allows. */
export function verdictForms(vocabulary: Vocabulary, turn: AskedThere, { alternatives }: Asking): Vocabulary {
  const scored = { reason: z.string().min(1).max(4000), score: z.number().min(0).max(1) };
  const others = z.array(z.strictObject({ answer: answerSchema(turn.space), ...scored })).max(alternatives);
  const verdict: Form = {
    description: describe(turn.space, alternatives),
    schema: alternatives === 0 ? z.strictObject(scored) : z.strictObject({ ...scored, alternatives: others }),
    refuse: (value) => refuseOthers(vocabulary, turn, value),
    sample: () => ({ reason: 'as good as any', score: 0.5 }),
  };
  return { forms: { verdict } };
}

/** Another answer as a move. */
export function moveIn(vocabulary: Vocabulary, space: ActionSpace, answer: string): Read<Move> {
  const plain = space.kind === 'choice' || space.kind === 'text';
  return plain
    ? check(vocabulary, space, answer)
    : readAnswer(vocabulary, space, { text: `<answer>${answer}</answer>` });
}

function answerSchema(space: ActionSpace): z.ZodType {
  return space.kind === 'choice' ? z.enum(space.options.map(({ id }) => id)) : z.string();
}

function describe(space: ActionSpace, alternatives: number): string {
  const own = '"reason" says in a sentence or two why, "score" is a number from 0 to 1';
  if (alternatives === 0) return `{"reason": ..., "score": ...}. ${own}.`;
  const how = space.kind === 'choice' ? 'the words of an option' : 'exactly what the player would have answered';
  return `{"reason": ..., "score": ..., "alternatives": [{"answer": ..., "reason": ..., "score": ...}]}. ${own}, both of the answer given. "alternatives" are up to ${alternatives} other answers that were allowed, the best you see, each scored in the same way; "answer" is ${how}.`;
}

function refuseOthers(vocabulary: Vocabulary, turn: AskedThere, value: Json): string | null {
  const others = isObject(value) && Array.isArray(value.alternatives) ? value.alternatives : [];
  const met = new Set([JSON.stringify(turn.decided.move)]);
  for (const other of others as unknown as NonNullable<Verdict['alternatives']>) {
    const read = moveIn(vocabulary, turn.space, other.answer);
    if (!read.ok) return `the other answer could not be played: ${read.reason}`;
    const text = JSON.stringify(read.value);
    if (met.has(text)) return `the other answer ${text} is the one given, or stands there twice`;
    met.add(text);
  }
  return null;
}
