import type { Judgement } from '../../../replays/annotations.js';
import type { Spent } from '../../arena/grading/judging/judge.js';
import { seatName } from '../../core/environment.js';
import { UserError } from '../../core/errors.js';
import type { Json, JsonObject } from '../../core/json.js';
import { paperOf } from '../paper.js';
import { sheet } from '../sheet.js';
import type { Source } from './judgements.js';
import type { JudgingTally } from './run.js';

interface Scores {
  turns: number;
  score: number;
  good: number;
}

/** What a judge said, added up by agent. */
export class JudgingReport implements JudgingTally {
  readonly #source: Source;
  readonly #moves: boolean;
  readonly #agents = new Map<string, Scores>();
  readonly #models = new Set<string>();
  readonly #failed: string[] = [];
  readonly #refused: string[] = [];
  readonly #shown: Judgement[] = [];
  readonly #usage = { calls: 0, promptTokens: 0, completionTokens: 0, cost: 0, unknown: 0 };
  #fresh = 0;
  #known = 0;

  /** @param moves whether every judgement is told */
  constructor(source: Source, moves: boolean) {
    this.#source = source;
    this.#moves = moves;
  }

  judged(agent: string, judgement: Judgement, fresh: boolean): void {
    const scores = this.#agents.get(agent) ?? { turns: 0, score: 0, good: 0 };
    this.#agents.set(agent, scores);
    scores.turns++;
    scores.score += judgement.score ?? 0;
    scores.good += judgement.good ? 1 : 0;
    this.#models.add(judgement.source.model);
    if (fresh) this.#fresh++;
    else this.#known++;
    if (this.#moves) this.#shown.push(judgement);
  }

  failed(reason: string): void {
    this.#failed.push(reason);
  }

  refused(reason: string): void {
    this.#refused.push(reason);
  }

  spent({ calls, promptTokens, completionTokens, cost = 0 }: Spent): void {
    this.#usage.calls += calls;
    if (promptTokens === null || completionTokens === null) this.#usage.unknown++;
    this.#usage.promptTokens += promptTokens ?? 0;
    this.#usage.completionTokens += completionTokens ?? 0;
    this.#usage.cost += cost;
  }

  /** @throws UserError when no turn has a judgement, though one was wanted */
  refuseEmpty(path: string, stopped: string | null): void {
    if (this.#fresh + this.#known > 0) return;
    const why = this.#failed[0] ?? this.#refused[0] ?? stopped ?? `${path} holds no such turn`;
    throw new UserError(`no turn was judged: ${why}`);
  }

  json(files: readonly string[], stopped: string | null): JsonObject {
    return {
      judge: { ...this.#source, models: [...this.#models] },
      judged: this.#fresh,
      known: this.#known,
      agents: this.#rows().map(([agent, turns, score, good]) => ({ agent, turns, score, good })) as Json,
      usage: this.#usage,
      files: [...files],
      failed: this.#failed,
      refused: this.#refused,
      ...(stopped === null ? {} : { stopped }),
      ...(this.#moves ? { judgements: this.#shown as unknown as Json } : {}),
    };
  }

  lines(files: readonly string[], stopped: string | null): string[] {
    const { ink, width } = paperOf();
    const rows = this.#rows().map(([agent, turns, score, good]) => [
      agent,
      turns,
      score.toFixed(3),
      `${(100 * good).toFixed(1)} %`,
    ]);
    const moves = this.#shown.map(({ step, seat, score = 0, reason = '' }) => [
      step,
      seatName(seat),
      score.toFixed(2),
      reason,
    ]);
    return [
      `  ${this.#fresh} turns judged by ${[...this.#models].join(', ')}, ${this.#known} known from before`,
      ...(this.#moves ? sheet(['step', 'seat', 'score', 'reason'], moves, width, ink) : []),
      ...sheet(['agent', 'turns', 'mean score', 'good'], rows, width, ink),
      `  ${this.#usageLine()}`,
      ...files.map((file) => `  Judgements: ${file}`),
      ...(stopped === null ? [] : [`  Stopped ${stopped}.`]),
      ...troubles('turns were not judged', this.#failed),
      ...troubles('records were not read', this.#refused),
    ];
  }

  #rows(): [string, number, number, number][] {
    return [...this.#agents].map(([agent, { turns, score, good }]) => [agent, turns, score / turns, good / turns]);
  }

  #usageLine(): string {
    const { calls, promptTokens, completionTokens, cost, unknown } = this.#usage;
    const more = unknown === 0 ? '' : ', and what the provider did not count';
    const price = cost === 0 ? '' : `, cost ${cost.toFixed(6)}`;
    return `${calls} calls, ${promptTokens} tokens read and ${completionTokens} written${more}${price}`;
  }
}

function troubles(what: string, reasons: readonly string[]): string[] {
  const [first] = reasons;
  return first === undefined ? [] : [`  ${reasons.length} ${what}, the first because of: ${first}`];
}
