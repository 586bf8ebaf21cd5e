import type { Ink } from '../../agents/terminal/ink.js';
import type { AgentManifest } from '../core/agent.js';
import { type Seat, seatName, weightsOf } from '../core/environment.js';
import type { Json, JsonObject } from '../core/json.js';
import type { Ending, How, Table } from '../core/play.js';
import type { Paper } from './paper.js';
import { sheet } from './sheet.js';

/** What came of an episode. */
export interface Outcome {
  readonly table: Table;
  readonly seats: readonly AgentManifest[];
  readonly steps: number;
  readonly ending: Ending;
  /** What a seat turned out to be, where the story tells it. */
  readonly badge: (seat: Seat) => string | undefined;
  /** File of the record. */
  readonly record: string;
}

/** The result in words: how it ended, and the return of each seat with its parts. */
export function resultLines(outcome: Outcome, paper: Pick<Paper, 'ink' | 'width'>): string[] {
  const { ink } = paper;
  const { ending } = outcome;
  const said = sentence(`${HOW[ending.how]}${ending.outcome ?? ''}`);
  const error = ending.error === undefined ? [] : [`  ${ink('red', ending.error)}`];
  return [`  ${ink('bold', said)}`, ...forfeitLines(ending, ink), ...error, '', ...returnTable(outcome, paper)];
}

const HOW: { readonly [how in How]: string } = {
  rules: '',
  horizon: 'Cut off by the environment: ',
  forfeit: 'Forfeited',
  steps: 'Stopped at the limit of steps, without a result',
  time: 'Stopped at the limit of time, without a result',
  cancelled: 'Stopped, without a result',
  crashed: 'Broken off by an error, without a result',
};

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

function forfeitLines({ forfeits }: Ending, ink: Ink): string[] {
  return Object.entries(forfeits ?? {}).map(([seat, tries]) => {
    const last = tries.at(-1);
    return `  ${ink('red', `${seatName(Number(seat))} forfeits after ${tries.length} tries: ${last?.failure} answer, ${last?.reason}`)}`;
  });
}

/** One row a seat. Parts that count are shown by their amounts, with the weight where it is not 1. */
function returnTable({ table, seats, ending, badge }: Outcome, { ink, width }: Pick<Paper, 'ink' | 'width'>): string[] {
  const { returns, paid } = ending;
  const weights = weightsOf(table.environment.spec, table.config);
  const parts = Object.keys(weights).filter((part) => weights[part] !== 0);
  const known = seats.some((_, seat) => badge(seat) !== undefined) ? [''] : [];
  const head = ['seat', ...known, 'agent', 'return', ...parts.map((part) => weighted(part, weights[part] ?? 0))];
  const rows = seats.map(({ agent }, seat) => [
    seatName(seat),
    ...known.map(() => badge(seat) ?? ''),
    agent,
    returns === null ? 'none' : number(returns[seat] ?? 0),
    ...parts.map((part) => number(paid[seat]?.[part] ?? 0)),
  ]);
  return sheet(head, rows, width, ink);
}

function weighted(part: string, weight: number): string {
  return weight === 1 ? part : `${part} x${weight}`;
}

function number(value: number): string {
  return value === 0 ? '0' : `${value > 0 ? '+' : ''}${Number(value.toFixed(4))}`;
}

/** The result as one JSON object. */
export function resultJson({ table, seats, steps, ending, record }: Outcome): JsonObject {
  const { spec } = table.environment;
  return {
    environment: { id: spec.id, version: spec.version, config: table.config },
    seed: table.seed,
    record,
    steps,
    ending: { ...ending } as unknown as Json as JsonObject,
    returns: ending.returns,
    seats: seats.map((manifest, seat) => ({ seat, agent: manifest.agent, return: ending.returns?.[seat] ?? null })),
  };
}
