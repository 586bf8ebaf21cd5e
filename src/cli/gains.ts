import type { Exploited } from '../../policies/grading/evaluator.js';
import type { GameTree } from '../../policies/tree/game-tree.js';
import { type Environment, seatName } from '../core/environment.js';
import { type Json, type JsonObject, preview } from '../core/json.js';
import type { Paper } from './paper.js';
import { sheet } from './sheet.js';

/** What each seat expects, could expect by its best response, and so gains: a row a seat, and what they add up to. */
export function gainLines(
  exploited: Exploited,
  tree: GameTree,
  { ink, width }: Pick<Paper, 'ink' | 'width'>,
): string[] {
  const { values, responses, nashConv, exploitability } = exploited;
  const rows = Array.from(values, (value, seat) => {
    const best = responses[seat] as number;
    return [seatName(seat), fixed(value), fixed(best), fixed(best - value)];
  });
  const meaning = tree.zeroSum
    ? `exploitability ${exact(exploitability)}, what an opponent who knows the policy gains a game, averaged over the seats`
    : 'the sum of the gains: at 0 no seat could gain by deviating alone, though several together might';
  return [
    ...sheet(['seat', 'value', 'best response', 'gain'], rows, width, ink),
    `  NashConv ${exact(nashConv)}; ${meaning}`,
  ];
}

/** Figures of a strategy for its manifest. */
export function metricsOf(exploited: Exploited | null): JsonObject {
  if (exploited === null) return {};
  const { nashConv, exploitability, values, responses } = exploited;
  return { nashConv, exploitability, values: [...values], responses: [...responses] };
}

/** The options that configure an environment in this way, as typed; nothing where all is as usual. */
export function configWords({ spec }: Environment, config: JsonObject): string {
  const usual = spec.config.parse({});
  const changed = Object.keys(config).filter((key) => JSON.stringify(config[key]) !== JSON.stringify(usual[key]));
  return changed.map((key) => ` --config ${quoted(`${key}=${text(config[key])}`)}`).join('');
}

/** A figure with four digits that count. */
export function exact(value: number): string {
  return Math.abs(value) < 1e-15 ? '0' : String(Number(value.toPrecision(4)));
}

function fixed(value: number): string {
  return (Math.abs(value) < 5e-7 ? 0 : value).toFixed(6);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : preview(value, 10_000);
}

function quoted(word: string): string {
  return /^[\w.,=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
