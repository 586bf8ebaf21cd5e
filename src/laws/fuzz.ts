import { print, readAnswer } from '../core/answers.js';
import { messageOf } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { type ActionSpace, check, sample, type Vocabulary } from '../core/space.js';
import { whyNotPlain } from './plain.js';
import type { Findings, Where } from './report.js';

const MUTATIONS = 12;

/** Damaged answers give a value that belongs to the space, or a reason. */
export function readsAnything(
  vocabulary: Vocabulary,
  space: ActionSpace,
  rng: Rng,
  where: Where,
  findings: Findings,
): void {
  for (let index = 0; index < MUTATIONS; index++) {
    const text = damaged(print(space, sample(vocabulary, space, rng)), rng);
    readsOne(vocabulary, space, text, rng.below(2) === 0, where, findings);
  }
  for (const text of JUNK) readsOne(vocabulary, space, text, false, where, findings);
}

/** Reads one reply and judges what the reader gave. */
export function readsOne(
  vocabulary: Vocabulary,
  space: ActionSpace,
  text: string,
  truncated: boolean,
  where: Where,
  findings: Findings,
): void {
  findings.cases++;
  const got = { got: JSON.stringify(text) };
  try {
    const read = readAnswer(vocabulary, space, { text, truncated });
    if (!read.ok) {
      if (read.reason.trim() === '') findings.add('an answer is refused without a reason', where, got);
      return;
    }
    const checked = check(vocabulary, space, read.value);
    if (!checked.ok) findings.add(`a value that was read does not pass check: ${checked.reason}`, where, got);
    const reason = whyNotPlain(read.value);
    if (reason !== null) findings.add(`a value that was read is not plain JSON: ${reason}`, where, got);
  } catch (thrown) {
    findings.add(`the reader throws: ${messageOf(thrown)}`, where, got);
  }
}

const JUNK = [
  '',
  ' ',
  '<answer></answer>',
  '<answer>',
  '</answer>',
  '<answer>null</answer>',
  '<answer>{}</answer>',
  '<answer>[]</answer>',
  '<answer>[[]]</answer>',
  '<answer>[null]</answer>',
  '<answer>{"__proto__":{"a":1}}</answer>',
  '<answer>[{"name":"__proto__","args":{}}]</answer>',
  '<answer>[{"name":"x","args":{"n":1e999}}]</answer>',
  '<answer>[{"name":"x","args":{"n":-0}}]</answer>',
  '<answer>[{"name":"x","args":{"n":"\\ud800"}}]</answer>',
  '<answer>1e999</answer>',
  '<think>',
  '\ud800',
  '{"name":"toString"}',
];

const PIECES = [
  '<answer>',
  '</answer>',
  '<think>',
  '</think>',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ' ',
  '\n',
  '\u0000',
  '0',
  '1e999',
  'é',
];

/** A text after one to four random edits. */
function damaged(text: string, rng: Rng): string {
  let result = text;
  for (let edits = 1 + rng.below(4); edits > 0; edits--) {
    const at = rng.below(result.length + 1);
    const to = Math.min(result.length, at + rng.below(6));
    const piece = rng.below(3) === 0 ? result.slice(at, to).repeat(2) : rng.below(2) === 0 ? rng.pick(PIECES) : '';
    result = result.slice(0, at) + piece + result.slice(to);
  }
  return result;
}
