import type { Message } from '../src/core/agent.js';
import { check, type Move } from '../src/core/space.js';
import type { Judgement } from './annotations.js';
import type { ExportedEpisode, ExportOptions } from './format.js';
import { bestOption, gradedTurns, gradeSource } from './graded.js';
import { mannerOf, mannerUnasked, offeredBy, written } from './manner.js';
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
      if (mistake) yield* pair(episode, turn, bestOption(grade), gradeSource(grade));
    }
  }
  if (options.labels !== null && options.labels !== 'judgement') return;
  const judgements = judgementsOf(episode);
  for (const turn of episode.turns) {
    const judgement = judgements.get(place(turn));
    if (graded.has(turn) || judgement?.better === undefined || judgement.good) continue;
    yield* pair(episode, turn, judgement.better as Move, judgementSource(judgement));
  }
}

/**
 * Both answers in the manner in which the call wanted its own, thoughts left out. NOTE: written in two manners, or one
 * with the thought that led to the other, the manner of a reply would be learnt along with the move.
 */
function* pair(episode: ExportedEpisode, turn: OwnTurn, better: Move, source: string): Generator<Pair> {
  const { spec } = episode.environment;
  const { space, call, decided } = turn;
  const manner = call === null ? mannerUnasked(space) : mannerOf(spec, space, call);
  if (manner === null || !offered(turn, better))
    episode.refuse?.('the better answer is none to the prompt that was sent');
  else if (!check(spec, space, better).ok) episode.refuse?.('the better answer is none that could be played');
  else yield { turn, chosen: written(manner, space, better), rejected: written(manner, space, decided.move), source };
}

/** Whether a move was among those that the answering call could choose from. */
function offered({ call, decided: { candidates = [] }, space }: OwnTurn, move: Move): boolean {
  if (call === null || space.kind !== 'choice') return true;
  const few = offeredBy(call) ?? (candidates.every((one) => typeof one === 'string') ? candidates : []);
  return few.length === 0 || few.includes(move);
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
