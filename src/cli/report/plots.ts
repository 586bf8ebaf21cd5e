import type { Report } from '../../arena/report/report.js';
import type { Json, JsonObject } from '../../core/json.js';

const WIDTH = 420;
/** Of marks: dark enough on white, light enough on black. */
const INK = '#3a7fc1';
/** Names in full as long as they leave room for the plot. */
const LONGEST_LABEL = 220;

/** NOTE: the ink of the page around it, so that a plot can be read on a light page and on a dark one. */
const AXIS = {
  labelColor: 'currentColor',
  titleColor: 'currentColor',
  domainColor: 'currentColor',
  tickColor: 'currentColor',
  gridColor: 'currentColor',
  gridOpacity: 0.15,
  labelFontSize: 12,
  titleFontSize: 12,
  titleFontWeight: 'normal',
  titlePadding: 8,
  labelLimit: LONGEST_LABEL,
};
const HEADER = {
  title: null,
  labelOrient: 'top',
  labelAnchor: 'start',
  labelAngle: 0,
  labelAlign: 'left',
  labelColor: 'currentColor',
  labelFontSize: 12,
  labelFontWeight: 'bold',
  labelLimit: WIDTH,
  labelPadding: 4,
};

/** Ratings with their intervals, best on top; an end without a bound runs to the edge. */
export function ratingPlot({ ratings }: Report): JsonObject {
  const rows = ratings.ratings;
  const ends = rows.flatMap(({ rating, low, high }) => [rating, low ?? rating, high ?? rating]);
  const [left, right] = [least(ends) - 40, most(ends) + 40];
  const values = rows.map(({ agent, rating, low, high }) => ({ agent, rating, low: low ?? left, high: high ?? right }));
  const scale = { domain: [left, right], nice: false };
  return {
    ...base(values),
    ...intervals('rating', 'rating in points, 95 % interval', scale),
    encoding: { y: agentAxis(ratings) },
  };
}

/** Who scored how much against whom. */
export function matrixPlot({ matrix, ratings }: Report): JsonObject {
  const values = matrix.cells.flatMap((row, i) =>
    row.flatMap((cell, j) =>
      cell === null
        ? []
        : [{ row: matrix.agents[i] as string, column: matrix.agents[j] as string, share: cell.share.share }],
    ),
  );
  const sort = ratings.ratings.map(({ agent }) => agent);
  const share = { field: 'share', type: 'quantitative' };
  return {
    ...base(values),
    width: { step: 64 },
    height: { step: 30 },
    encoding: {
      y: { field: 'row', type: 'nominal', sort, title: null },
      x: { field: 'column', type: 'nominal', sort, title: 'against', axis: { orient: 'top', labelAngle: -30 } },
    },
    layer: [
      { mark: 'rect', encoding: { color: { ...share, scale: { domain: [0, 1], scheme: 'redblue' }, legend: null } } },
      {
        mark: { type: 'text', fontSize: 12 },
        encoding: {
          text: { ...share, format: '.2f' },
          color: { condition: { test: 'datum.share < 0.2 || datum.share > 0.8', value: 'white' }, value: 'black' },
        },
      },
    ],
  };
}

/** What each agent scored on each side in each role. */
export function rolePlot({ roles, ratings }: Report): JsonObject {
  const values = roles.map(({ agent, side, role, share, low, high }) => ({
    agent,
    place: placeName(side, role),
    share,
    low,
    high,
  }));
  return {
    ...base(values),
    facet: { row: { field: 'place', type: 'nominal', header: HEADER } },
    spec: {
      ...intervals('share', 'score, 95 % interval', { domain: [0, 1] }),
      encoding: { y: agentAxis(ratings) },
    },
  };
}

/** The share of turns with a failed try of each kind, a substituted move or a forfeit; null when there was none. */
export function errorPlot({ standings }: Report): JsonObject | null {
  const values = standings.flatMap(({ name, conduct }) => {
    const { failures, substituted, forfeits, turns } = conduct;
    const counts = { ...failures, substituted, forfeit: forfeits };
    return Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => ({ agent: name, kind, percent: (100 * count) / turns }));
  });
  if (values.length === 0) return null;
  return {
    ...base(values),
    width: WIDTH,
    mark: { type: 'bar', color: INK },
    encoding: {
      y: { field: 'kind', type: 'nominal', title: null },
      x: { field: 'percent', type: 'quantitative', title: 'percent of turns' },
      row: { field: 'agent', type: 'nominal', header: HEADER },
    },
  };
}

/** How many steps games took, by environment. */
export function lengthPlot({ lengths, field }: Report): JsonObject {
  const names = field.contests.map(({ environment }) => environment);
  const values = lengths.map(({ contest, steps }) => ({ value: steps, row: names[contest] as string }));
  return histogram(values, { title: 'steps of a game', counted: 'games', inRows: names.length > 1, whole: true });
}

/** What seats used up in a game, or how long they thought, by agent; null when nothing was counted. */
export function consumptionPlot({ uses }: Report, field: 'tokens' | 'cost' | 'ms', title: string): JsonObject | null {
  const values = uses.flatMap(({ agent, [field]: value }) => (value === null ? [] : [{ row: agent, value }]));
  return values.length === 0
    ? null
    : histogram(values, { title, counted: 'seats', inRows: true, whole: field === 'tokens' });
}

/** How a side and role are written in one. */
export function placeName(side: string | null, role: string | null): string {
  return [side, role].filter((word) => word !== null && word !== '').join(': ') || 'everywhere';
}

interface Histogram {
  readonly title: string;
  /** What there is how many of. */
  readonly counted: string;
  /** One plot below another, each under the name of its row. */
  readonly inRows: boolean;
  /** Whether values are whole numbers. */
  readonly whole: boolean;
}

function histogram(values: readonly JsonObject[], { title, counted, inRows, whole }: Histogram): JsonObject {
  const found = values.map(({ value }) => Number(value));
  // NOTE: a bin holds its lower end alone, except the last: up to one more, the greatest number has a bin of its own.
  const bin = whole ? { maxbins: 30, minstep: 1, extent: [least(found), most(found) + 1] } : { maxbins: 30 };
  return {
    ...base(values),
    width: WIDTH,
    height: inRows ? 60 : 120,
    mark: { type: 'bar', color: INK },
    encoding: {
      x: { field: 'value', type: 'quantitative', bin, title, ...(whole ? { axis: { format: ',d' } } : {}) },
      y: { aggregate: 'count', type: 'quantitative', title: counted, axis: { tickCount: 3 } },
      ...(inRows ? { row: { field: 'row', type: 'nominal', header: HEADER } } : {}),
    },
    ...(inRows ? { resolve: { scale: { y: 'independent' } } } : {}),
  };
}

function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other));
}

function most(values: readonly number[]): number {
  return values.reduce((one, other) => Math.max(one, other));
}

/** A point with its interval on each row; the field of the point is named, the ends are `low` and `high`. */
function intervals(field: string, title: string, scale: JsonObject): JsonObject {
  return {
    width: WIDTH,
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 4, color: INK, opacity: 0.45 },
        encoding: {
          x: { field: 'low', type: 'quantitative', scale, title, axis: { tickCount: 7 } },
          x2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 80, color: INK, opacity: 1 },
        encoding: { x: { field, type: 'quantitative', scale } },
      },
    ],
  };
}

/** The agents in the order of the table. */
function agentAxis({ ratings }: Report['ratings']): JsonObject {
  return { field: 'agent', type: 'nominal', sort: ratings.map(({ agent }) => agent), title: null };
}

function base(values: readonly JsonObject[]): JsonObject {
  const data: Json = { values };
  const config = { view: { stroke: null }, font: 'sans-serif', axis: AXIS, facet: { spacing: 14 } };
  return { data, background: 'transparent', config };
}
