import { wrap } from '../../agents/terminal/ink.js';
import type { Ratings } from '../arena/ratings/rate.js';
import type { Standing } from '../arena/tournament/standings.js';
import type { JsonObject } from '../core/json.js';
import type { Paper } from './paper.js';
import { sheet } from './sheet.js';

/** The table of a tournament: who is how good, and apart from it who behaved how. */
export function standingLines(rows: readonly Standing[], { ink, width }: Pick<Paper, 'ink' | 'width'>): string[] {
  const columns = columnsOf(rows, width);
  const notes = [legend(columns), ...rows.filter(({ conduct }) => conduct.without > 0).map(refusedNote)]
    .flatMap((note) => wrap(note, width - 2))
    .map((line) => ink('dim', `  ${line}`));
  return [
    ...sheet(RESULT_HEAD, rows.map(resultRow), width, ink),
    '',
    ...sheet(
      conductHead(columns),
      rows.map((row) => conductRow(row, columns)),
      width,
      ink,
    ),
    ...notes,
  ];
}

/** Says that the provider of an agent was asked for less than it was meant to be. */
function refusedNote(row: Standing): string {
  const { calls, without } = row.conduct;
  return `${nameOf(row)}: ${without} of ${calls} calls went without schemas, tools or log probabilities, which its provider refuses.`;
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

/** Kinds of failure that have a column where there is room, even when nobody failed so. */
const USUAL = ['illegal', 'unparsable', 'late', 'crashed'] as const;
/** Kinds that have one only when somebody did. */
const SELDOM = ['ambiguous', 'truncated'] as const;
type Kind = (typeof USUAL)[number] | (typeof SELDOM)[number];

/** NOTE: with fewer characters a full table breaks names into pieces, so that it says what it can in fewer columns. */
const ROOMY = 100;
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** What the table of conduct shows: what somebody has something in, and what there is room for. */
interface Columns {
  readonly failures: readonly Kind[];
  /** Usual kinds of failure that nobody had, and that are left out for want of room. */
  readonly none: readonly Kind[];
  readonly forfeits: boolean;
  readonly tokens: ((count: number) => string) | null;
  readonly cost: boolean;
  readonly time: boolean;
}

function columnsOf(rows: readonly Standing[], width: number): Columns {
  const roomy = width >= ROOMY;
  const happened = (kind: Kind): boolean => rows.some(({ conduct }) => (conduct.failures[kind] ?? 0) > 0);
  return {
    failures: [...USUAL.filter((kind) => roomy || happened(kind)), ...SELDOM.filter(happened)],
    none: roomy ? [] : USUAL.filter((kind) => !happened(kind)),
    forfeits: rows.some(({ conduct }) => conduct.forfeits > 0),
    tokens: rows.some(({ conduct }) => conduct.calls > 0) ? (roomy ? String : (count) => SHORT.format(count)) : null,
    cost: rows.some(({ conduct }) => conduct.cost !== null),
    time: rows.some(({ conduct }) => conduct.timed > 0),
  };
}

function legend({ none }: Columns): string {
  const tries = none.length === 0 ? 'Failed tries' : `Failed tries (none ${none.join(', ')})`;
  return `${tries}, substituted moves and forfeits in percent of turns. * is an anchor.`;
}

function conductHead({ failures, forfeits, tokens, cost, time }: Columns): string[] {
  return [
    'agent',
    'turns',
    ...failures,
    'subst.',
    ...(forfeits ? ['forfeit'] : []),
    ...(tokens === null ? [] : ['tokens in', 'out']),
    ...(cost ? ['cost'] : []),
    ...(time ? ['ms/turn'] : []),
  ];
}

function conductRow(row: Standing, { failures, forfeits, tokens, cost, time }: Columns): string[] {
  const { conduct } = row;
  const share = (count: number): string => (count === 0 ? '0' : ((100 * count) / conduct.turns).toFixed(2));
  const more = conduct.uncounted > 0 ? '+' : '';
  return [
    nameOf(row),
    String(conduct.turns),
    ...failures.map((kind) => share(conduct.failures[kind] ?? 0)),
    share(conduct.substituted),
    ...(forfeits ? [share(conduct.forfeits)] : []),
    ...(tokens === null ? [] : [conduct.promptTokens, conduct.completionTokens].map((one) => `${tokens(one)}${more}`)),
    ...(cost ? [conduct.cost === null ? 'none' : conduct.cost.toFixed(4)] : []),
    ...(time ? [conduct.timed === 0 ? 'none' : (conduct.ms / conduct.timed).toFixed(1)] : []),
  ];
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
