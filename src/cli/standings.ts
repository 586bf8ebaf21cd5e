import type { Ratings } from '../arena/ratings/rate.js';
import type { Standing } from '../arena/tournament/standings.js';
import type { JsonObject } from '../core/json.js';
import type { Paper } from './paper.js';
import { sheet } from './sheet.js';

/** The table of a tournament: who is how good, and apart from it who behaved how. */
export function standingLines(rows: readonly Standing[], { ink, width }: Pick<Paper, 'ink' | 'width'>): string[] {
  return [
    ...sheet(RESULT_HEAD, rows.map(resultRow), width, ink),
    '',
    ...sheet(
      conductHead(rows),
      rows.map((row) => conductRow(row, rows)),
      width,
      ink,
    ),
    ink('dim', '  Failed tries, substituted moves and forfeits in percent of turns. * is an anchor.'),
  ];
}

const RESULT_HEAD = ['#', 'agent', 'games', 'score', 'rating', '95 %', 'return'];

function resultRow(row: Standing, place: number): string[] {
  const { rating, games } = row;
  return [
    String(place + 1),
    nameOf(row),
    String(games),
    rating?.score == null ? 'none' : rating.score.toFixed(3),
    rating === null ? 'none' : points(rating.rating),
    rating === null ? '' : intervalText(rating),
    row.return === null ? 'none' : String(Number(row.return.toFixed(3))),
  ];
}

/** Kinds of failure that have a column even when nobody failed so; the others come when somebody did. */
const ALWAYS = ['illegal', 'unparsable', 'late', 'crashed'] as const;
const SELDOM = ['ambiguous', 'truncated'] as const;

function failuresOf(rows: readonly Standing[]): readonly ((typeof ALWAYS)[number] | (typeof SELDOM)[number])[] {
  return [...ALWAYS, ...SELDOM.filter((kind) => rows.some(({ conduct }) => (conduct.failures[kind] ?? 0) > 0))];
}

function conductHead(rows: readonly Standing[]): string[] {
  const { forfeits, tokens, cost, time } = shown(rows);
  return [
    'agent',
    'turns',
    ...failuresOf(rows),
    'subst.',
    ...(forfeits ? ['forfeit'] : []),
    ...(tokens ? ['tokens in', 'out'] : []),
    ...(cost ? ['cost'] : []),
    ...(time ? ['ms/turn'] : []),
  ];
}

function conductRow(row: Standing, rows: readonly Standing[]): string[] {
  const { conduct } = row;
  const { forfeits, tokens, cost, time } = shown(rows);
  const share = (count: number): string => (count === 0 ? '0' : ((100 * count) / conduct.turns).toFixed(2));
  const more = conduct.uncounted > 0 ? '+' : '';
  return [
    nameOf(row),
    String(conduct.turns),
    ...failuresOf(rows).map((kind) => share(conduct.failures[kind] ?? 0)),
    share(conduct.substituted),
    ...(forfeits ? [share(conduct.forfeits)] : []),
    ...(tokens ? [`${conduct.promptTokens}${more}`, `${conduct.completionTokens}${more}`] : []),
    ...(cost ? [conduct.cost === null ? 'none' : conduct.cost.toFixed(4)] : []),
    ...(time ? [conduct.timed === 0 ? 'none' : (conduct.ms / conduct.timed).toFixed(1)] : []),
  ];
}

/** Which columns somebody has something in. */
function shown(rows: readonly Standing[]) {
  return {
    forfeits: rows.some(({ conduct }) => conduct.forfeits > 0),
    tokens: rows.some(({ conduct }) => conduct.calls > 0),
    cost: rows.some(({ conduct }) => conduct.cost !== null),
    time: rows.some(({ conduct }) => conduct.timed > 0),
  };
}

/** What was not rated, and what the ratings cannot tell. */
export function ratingNotes(ratings: Ratings): string[] {
  const apart = Object.entries(ratings.apart).map(([reason, count]) => `${count} ${reason}`);
  return [
    ...(apart.length > 0 ? [`Not rated: ${apart.join(', ')}.`] : []),
    ...(ratings.parts > 1
      ? [`The agents fall into ${ratings.parts} parts that never met; ratings compare within one.`]
      : []),
    ...(ratings.confounded ? ['What a side is worth cannot be told from skill: agents did not change sides.'] : []),
  ];
}

/** A standing as JSON. */
export function standingJson(row: Standing): JsonObject {
  return { ...row } as unknown as JsonObject;
}

export function points(value: number): string {
  return `${value > 0 ? '+' : ''}${Math.round(value)}`;
}

/** An interval in points; an end without a bound is infinite. */
export function intervalText({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  return `${low === null ? '-∞' : points(low)} to ${high === null ? '+∞' : points(high)}`;
}

function nameOf({ name, anchor }: Standing): string {
  return anchor ? `${name} *` : name;
}
