import { howToAnswer, print, readAnswer } from '../core/answers.js';
import type { Environment } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import { messageOf } from '../core/errors.js';
import { type Rng, stream } from '../core/rng.js';
import { type ActionSpace, check, type Move, sample, type Vocabulary } from '../core/space.js';
import { playing, randomly } from './history.js';
import { whyNotPlain } from './plain.js';
import { Findings, type Where } from './report.js';
import type { Law, Trial } from './subject.js';

/** The seventh law: printing and reading are inverse, and a reader gives a value or a reason whatever it is given. */
export const answers: Law = {
  law: 7,
  title: 'printing and reading are inverse; readers never throw',
  run({ environment, trials }) {
    const findings = new Findings();
    const rng = stream(environment.spec.id, 'answers');
    for (const { space, where } of spacesMet(environment, trials, findings)) {
      findings.guard(where, () => readsBack(environment.spec, space, rng, where, findings));
      findings.guard(where, () => readsAnything(environment.spec, space, rng, where, findings));
    }
    return findings.verdict('answers read, of every space met');
  },
};

/** A space and where it was met first. */
export interface MetSpace {
  readonly space: ActionSpace;
  readonly where: Where;
}

/** Every different space that seats are given in random play, each once. */
export function spacesMet(environment: Environment, trials: readonly Trial[], findings: Findings): MetSpace[] {
  const met = new Map<string, MetSpace>();
  for (const trial of trials) {
    for (const seed of trial.seeds) {
      findings.guard({ config: trial.name, seed, step: null }, () => meetSpaces(environment, trial, seed, met));
    }
  }
  return [...met.values()];
}

function meetSpaces(environment: Environment, trial: Trial, seed: string, met: Map<string, MetSpace>): void {
  let step = 0;
  for (const { turn } of playing(new Episode(environment, trial.config), randomly(environment, seed))) {
    const where = { config: trial.name, seed, step: step++ };
    if (turn.kind !== 'act') continue;
    for (const space of Object.values(turn.spaces)) {
      const name = JSON.stringify(space);
      if (!met.has(name)) met.set(name, { space, where });
    }
  }
}

const SAMPLES = 4;

/** Printed moves are read back unchanged; labels of options are read as their options. */
function readsBack(vocabulary: Vocabulary, space: ActionSpace, rng: Rng, where: Where, findings: Findings): void {
  const told = howToAnswer(vocabulary, space);
  const moves = Array.from({ length: SAMPLES }, () => sample(vocabulary, space, rng));
  const all: Move[] = space.kind === 'choice' ? space.options.map(({ id }) => id) : [...moves, ...nasty(space, moves)];
  for (const move of all) {
    const checked = check(vocabulary, space, move);
    if (!checked.ok) continue;
    const read = readAnswer(vocabulary, space, { text: print(space, checked.value) });
    const got = read.ok ? JSON.stringify(read.value) : read.reason;
    findings.same('a printed move is read differently', where, JSON.stringify(checked.value), got);
    findings.cases++;
  }
  if (space.kind !== 'choice') return;
  for (const { id, label } of space.options) {
    const read = readAnswer(vocabulary, space, { text: `<answer>${label}</answer>` });
    findings.same(
      'the label of an option is not read as that option',
      where,
      id,
      read.ok ? String(read.value) : read.reason,
    );
    if (!told.includes(id)) findings.add('the text that asks does not name every option', where, { expected: id });
    findings.cases++;
  }
}

/** Texts that hold the marks by which answers are found; what `check` refuses of them need not be read. */
function nasty(space: ActionSpace, moves: readonly Move[]): Move[] {
  if (space.kind !== 'text') return [];
  const marks = [
    '</answer>',
    '<answer>',
    '<think>so</think>',
    ' space at the ends ',
    '\n',
    '"quoted" \\ back',
    '```json',
  ];
  return marks.map((mark) => `${mark}${String(moves[0] ?? '')}`.slice(0, space.maxChars));
}

const MUTATIONS = 12;

/** Damaged answers give a value that belongs to the space, or a reason. */
function readsAnything(vocabulary: Vocabulary, space: ActionSpace, rng: Rng, where: Where, findings: Findings): void {
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
