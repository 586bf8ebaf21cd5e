import type { Grade } from '../../replays/annotations.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { type Mean, Tally } from '../../replays/stats.js';
import { seatName } from '../core/environment.js';
import type { JsonObject } from '../core/json.js';
import { exact } from './gains.js';
import type { Paper } from './paper.js';
import { sheet } from './sheet.js';

/** NOTE: below this share of the range of returns the policy that grades is no surer itself. */
const SURE = 1e-3;

/** What an agent's moves cost it in one environment, over all episodes and seats it had. */
export interface AgentCosts {
  readonly agent: string;
  readonly environment: string;
  readonly decisions: number;
  /** Moves that the table made for it; they are not charged. */
  readonly substituted: number;
  /** By episode: what its decisions cost together, the mean over its seats where it had several. */
  readonly cost: Mean;
  /** The mean of the same as a share of the range of a seat's returns. */
  readonly share: number;
}

interface Total {
  readonly agent: string;
  readonly environment: string;
  decisions: number;
  substituted: number;
  readonly cost: Tally;
  readonly share: Tally;
}

/** Adds up costs by environment and agent, in flat memory. */
export class CostTotals {
  readonly #agents = new Map<string, Total>();

  /** @param judged seats whose moves were graded; all when absent */
  add({ environment, seats }: EpisodeRecord, grades: readonly Grade[], judged?: ReadonlySet<number>): void {
    for (const agent of new Set(seats.map((manifest) => manifest.agent))) {
      const held = seats.flatMap((manifest, seat) =>
        manifest.agent === agent && judged?.has(seat) !== false ? [seat] : [],
      );
      if (held.length === 0) continue;
      const own = grades.filter(({ seat }) => held.includes(seat));
      const charged = own.filter(({ substituted }) => substituted === undefined);
      const total = this.#of(agent, `${environment.id} ${environment.version}`);
      total.decisions += charged.length;
      total.substituted += own.length - charged.length;
      const cost = charged.reduce((sum, { cost }) => sum + cost, 0) / held.length;
      total.cost.add(cost);
      total.share.add(cost / (grades[0]?.scale ?? 1));
    }
  }

  result(): AgentCosts[] {
    return [...this.#agents.values()].map(({ cost, share, ...rest }) => ({
      ...rest,
      cost: cost.mean(),
      share: share.mean().mean,
    }));
  }

  #of(agent: string, environment: string): Total {
    const name = `${environment} ${agent}`;
    let total = this.#agents.get(name);
    if (total === undefined) {
      total = { agent, environment, decisions: 0, substituted: 0, cost: new Tally(), share: new Tally() };
      this.#agents.set(name, total);
    }
    return total;
  }
}

/** One row an agent. */
export function costLines(totals: readonly AgentCosts[], { ink, width }: Pick<Paper, 'ink' | 'width'>): string[] {
  const environments = new Set(totals.map(({ environment }) => environment));
  const head = ['agent', 'episodes', 'decisions', 'cost an episode (95 %)', 'of the range of returns'];
  const rows = totals.map(({ agent, environment, decisions, cost, share }) => [
    ...(environments.size > 1 ? [environment] : []),
    agent,
    cost.n,
    decisions,
    cost.n < 2 ? figure(cost.mean) : `${figure(cost.mean)} +- ${figure(cost.half)}`,
    `${figure(100 * share)} %`,
  ]);
  const substituted = totals.reduce((sum, one) => sum + one.substituted, 0);
  const note = substituted === 0 ? [] : [`  ${substituted} moves were made by the table's rule and are not charged.`];
  return [...sheet([...(environments.size > 1 ? ['environment'] : []), ...head], rows, width, ink), ...note];
}

/** Every move of an episode: what equilibrium would have played, and what the move cost. */
export function moveLines(grades: readonly Grade[], { ink, width }: Pick<Paper, 'ink' | 'width'>): string[] {
  const rows = grades.map((grade) => [
    grade.step,
    seatName(grade.seat),
    `${grade.played}${grade.substituted === true ? ' (by the table)' : ''}`,
    costText(grade),
    mixText(grade),
    worthText(grade),
  ]);
  const [first] = grades;
  const judge = first === undefined ? '' : judgeOf(first);
  return sheet(['step', 'seat', 'played', 'cost', judge, 'worth'], rows, width, ink);
}

/** A grade in one short line. */
export function gradeLine(grade: Grade): string {
  const cost = costText(grade);
  return `${seatName(grade.seat)}'s ${grade.played} ${cost === '0' ? 'costs nothing' : `costs ${cost}`}; ${judgeOf(grade)} ${mixText(grade)}`;
}

export function costsJson(totals: readonly AgentCosts[]): JsonObject[] {
  return totals.map(({ cost, ...rest }) => ({ ...rest, cost: { ...cost } }));
}

/** What the moves are held against and what it does, in words that go before the mix of options. */
function judgeOf({ source, scale }: Grade): string {
  if (source.rollouts !== undefined) return 'rollouts favour';
  return (source.exploitability ?? Number.POSITIVE_INFINITY) <= SURE * scale
    ? 'equilibrium plays'
    : `${source.algorithm} plays`;
}

function costText({ cost, scale }: Grade): string {
  return cost < SURE * scale ? '0' : figure(cost);
}

function mixText({ options, probabilities }: Grade): string {
  const mix = options.map((option, at) => ({ option, share: Math.round(100 * (probabilities[at] as number)) }));
  const played = mix.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share);
  return played.map(({ option, share }) => (share === 100 ? option : `${option} ${share} %`)).join(', ');
}

function worthText({ options, values }: Grade): string {
  return options.map((option, at) => `${option} ${figure(values[at] as number)}`).join(', ');
}

function figure(value: number): string {
  return Math.abs(value) < 5e-5 ? '0' : exact(value);
}
