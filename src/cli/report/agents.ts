import type { Standing } from '../../arena/tournament/standings.js';
import { intervalText, points } from '../standings.js';

interface Column {
  readonly title: string;
  /** Null where nothing was counted. */
  readonly of: (standing: Standing) => string | null;
  /** Left out unless somebody has something here. */
  readonly seldom?: true;
}

const failed = (kind: keyof Standing['conduct']['failures'], seldom?: true): Column => ({
  title: kind,
  of: (standing) => percent(standing, standing.conduct.failures[kind] ?? 0),
  ...(seldom === undefined ? {} : { seldom }),
});

const RESULTS: readonly Column[] = [
  { title: 'agent', of: nameOf },
  { title: 'games', of: ({ games }) => String(games) },
  { title: 'score', of: ({ rating }) => rating?.score?.toFixed(3) ?? null },
  { title: 'rating', of: ({ rating }) => (rating === null ? null : points(rating.rating)) },
  { title: '95 %', of: ({ rating }) => (rating === null ? null : intervalText(rating)) },
  { title: 'mean return', of: (standing) => standing.return?.toFixed(3) ?? null },
];

const CONDUCT: readonly Column[] = [
  { title: 'agent', of: nameOf },
  { title: 'turns', of: ({ conduct }) => String(conduct.turns) },
  failed('illegal'),
  failed('unparsable'),
  failed('late'),
  failed('crashed'),
  failed('ambiguous', true),
  failed('truncated', true),
  { title: 'substituted', of: (standing) => percent(standing, standing.conduct.substituted) },
  { title: 'forfeit', of: (standing) => percent(standing, standing.conduct.forfeits) },
  { title: 'calls', of: ({ conduct }) => figure(conduct.calls), seldom: true },
  { title: 'tokens in', of: ({ conduct }) => figure(conduct.promptTokens), seldom: true },
  { title: 'tokens out', of: ({ conduct }) => figure(conduct.completionTokens), seldom: true },
  { title: 'calls uncounted', of: ({ conduct }) => figure(conduct.uncounted), seldom: true },
  { title: 'calls without what was refused', of: ({ conduct }) => figure(conduct.without), seldom: true },
  { title: 'cost', of: ({ conduct }) => conduct.cost?.toFixed(4) ?? null, seldom: true },
  {
    title: 'ms a turn',
    of: ({ conduct }) => (conduct.timed === 0 ? null : (conduct.ms / conduct.timed).toFixed(1)),
    seldom: true,
  },
];

/** What each agent came to. */
export function resultTable(standings: readonly Standing[]): readonly [string[], string[][]] {
  return tableOf(RESULTS, standings);
}

/** How each agent behaved, and what it used up. */
export function conductTable(standings: readonly Standing[]): readonly [string[], string[][]] {
  return tableOf(CONDUCT, standings);
}

function tableOf(columns: readonly Column[], standings: readonly Standing[]): readonly [string[], string[][]] {
  const isEmpty = (text: string | null): boolean => text === null || text === '0';
  const shown = columns.filter(({ of, seldom }) => seldom === undefined || !standings.map(of).every(isEmpty));
  return [shown.map(({ title }) => title), standings.map((one) => shown.map(({ of }) => of(one) ?? 'none'))];
}

function nameOf({ name, anchor }: Standing): string {
  return anchor ? `${name} (anchor)` : name;
}

function percent({ conduct }: Standing, count: number): string {
  return count === 0 ? '0' : ((100 * count) / conduct.turns).toFixed(2);
}

function figure(value: number): string {
  return value.toLocaleString('en');
}
