import { howToAnswer, print, readAnswer } from '../core/answers.js';
import type { Environment } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import { type Rng, stream } from '../core/rng.js';
import { type ActionSpace, check, type Move, sample, type Vocabulary } from '../core/space.js';
import { readsAnything } from './fuzz.js';
import { playing, randomly } from './history.js';
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
