import type { Message } from '../src/core/agent.js';
import { print } from '../src/core/answers.js';
import type { Move } from '../src/core/space.js';
import type { Judgement } from './annotations.js';
import type { ExportedEpisode, ExportOptions } from './format.js';
import { bestOption, gradedTurns, gradeSource } from './graded.js';
import type { OwnTurn } from './turns.js';

/** Whether a turn was good, and who says so. */
export interface Label {
  readonly turn: OwnTurn;
  readonly good: boolean;
  /** `grade: ...`, `judgement: ...` or `outcome`. */
  readonly source: string;
}

/** One prompt with a better and a worse answer to it, written in one manner. */
export interface Pair {
  readonly turn: OwnTurn;
  readonly chosen: Message;
  readonly rejected: Message;
  readonly source: string;
}

/**
 * The turns of an episode that can be told good or bad. Of several sources the best is asked: grades (what the
 * alternatives were worth), then judgements, then the outcome of the episode; turns of a draw have no label of the last.
 */
export function* labelledTurns(episode: ExportedEpisode, options: ExportOptions): Generator<Label> {
  const wanted = (kind: ExportOptions['labels']) => options.labels === null || options.labels === kind;
  const grades = new Map([...gradedTurns(episode, options)].map((one) => [one.turn, one]));
  const judgements = judgementsOf(episode);
  for (const turn of episode.turns) {
    const grade = wanted('grade') ? grades.get(turn) : undefined;
    const judgement = wanted('judgement') ? judgements.get(place(turn)) : undefined;
    const passed = wanted('outcome') ? (episode.seats[turn.seat]?.passed ?? null) : null;
    if (grade !== undefined) yield { turn, good: !grade.mistake, source: gradeSource(grade.grade) };
    else if (judgement !== undefined) yield { turn, good: judgement.good, source: judgementSource(judgement) };
    else if (passed !== null) yield { turn, good: passed, source: 'outcome' };
  }
}

/** Pairs of answers to one and the same prompt: the best option against a mistake, or what a judge would rather see. */
export function* pairsOf(episode: ExportedEpisode, options: ExportOptions): Generator<Pair> {
  const graded = new Set<OwnTurn>();
  if (options.labels === null || options.labels === 'grade') {
    for (const { turn, grade, mistake } of gradedTurns(episode, options)) {
      graded.add(turn);
      if (mistake) yield pair(turn, bestOption(grade), gradeSource(grade));
    }
  }
  if (options.labels !== null && options.labels !== 'judgement') return;
  const judgements = judgementsOf(episode);
  for (const turn of episode.turns) {
    const judgement = judgements.get(place(turn));
    if (graded.has(turn) || judgement?.better === undefined || judgement.good) continue;
    yield pair(turn, judgement.better as Move, judgementSource(judgement));
  }
}

/** NOTE: both are written in one plain way, or the manner of a reply would be learnt along with the move. */
function pair(turn: OwnTurn, better: Move, source: string): Pair {
  const answer = (move: Move): Message => ({ role: 'assistant', content: print(turn.space, move) });
  return { turn, chosen: answer(better), rejected: answer(turn.decided.move), source };
}

function judgementsOf({ annotations }: ExportedEpisode): ReadonlyMap<string, Judgement> {
  return new Map(annotations.flatMap((one) => (one.kind === 'judgement' ? [[place(one), one] as const] : [])));
}

function judgementSource({ source }: Judgement): string {
  return `judgement: ${source.model}`;
}

function place({ step, seat }: { readonly step: number; readonly seat: number }): string {
  return `${step} ${seat}`;
}
