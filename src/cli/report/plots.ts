import type { Report } from '../../arena/report/report.js';
import type { Json, JsonObject } from '../../core/json.js';

const WIDTH = 560;

/** Ratings with their intervals, best on top; an end without a bound runs to the edge. */
export function ratingPlot({ ratings }: Report): JsonObject {
  const rows = ratings.ratings;
  const ends = rows.flatMap(({ rating, low, high }) => [rating, low ?? rating, high ?? rating]);
  const [least, most] = [Math.min(...ends) - 40, Math.max(...ends) + 40];
  const values = rows.map(({ agent, rating, low, high }) => ({ agent, rating, low: low ?? least, high: high ?? most }));
  const y = { field: 'agent', type: 'nominal', sort: rows.map(({ agent }) => agent), title: null };
  const scale = { domain: [least, most], nice: false };
  return plot(values, {
    encoding: { y },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 3, color: '#9db8d2' },
        encoding: {
          x: { field: 'low', type: 'quantitative', scale, title: 'rating, 95 % interval' },
          x2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 70, color: '#1f4e79', opacity: 1 },
        encoding: { x: { field: 'rating', type: 'quantitative', scale } },
      },
    ],
  });
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
  return plot(values, {
    encoding: {
      y: { field: 'row', type: 'nominal', sort, title: null },
      x: { field: 'column', type: 'nominal', sort, title: 'against', axis: { orient: 'top', labelAngle: -30 } },
    },
    layer: [
      {
        mark: 'rect',
        encoding: {
          color: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1], scheme: 'redblue' },
            legend: { title: 'score' },
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 11 },
        encoding: {
          text: { field: 'share', type: 'quantitative', format: '.2f' },
          color: { condition: { test: 'datum.share < 0.2 || datum.share > 0.8', value: 'white' }, value: 'black' },
        },
      },
    ],
  });
}

/** What each agent scored on each side in each role. */
export function rolePlot({ roles }: Report): JsonObject {
  const values = roles.map(({ agent, side, role, share, low, high }) => ({
    agent,
    place: placeName(side, role),
    share,
    low,
    high,
  }));
  const y = { field: 'agent', type: 'nominal', title: null };
  return {
    ...base(values),
    facet: { row: { field: 'place', type: 'nominal', title: null, header: { labelAngle: 0, labelAlign: 'left' } } },
    spec: {
      width: WIDTH - 160,
      encoding: { y },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 3, color: '#9db8d2' },
          encoding: {
            x: { field: 'low', type: 'quantitative', scale: { domain: [0, 1] }, title: 'score, 95 % interval' },
            x2: { field: 'high' },
          },
        },
        {
          mark: { type: 'point', filled: true, size: 60, color: '#1f4e79', opacity: 1 },
          encoding: { x: { field: 'share', type: 'quantitative' } },
        },
      ],
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
  return plot(values, {
    mark: 'bar',
    encoding: {
      y: { field: 'kind', type: 'nominal', title: null },
      x: { field: 'percent', type: 'quantitative', title: 'percent of turns' },
      row: { field: 'agent', type: 'nominal', title: null, header: { labelAngle: 0, labelAlign: 'left' } },
    },
  });
}

/** How many steps games took. */
export function lengthPlot({ lengths }: Report): JsonObject {
  return histogram(
    lengths.map((steps) => ({ value: steps })),
    'steps of a game',
  );
}

/** What seats used up in a game, or how long they thought; null when nothing was counted. */
export function usePlot({ uses }: Report, field: 'tokens' | 'cost' | 'ms', title: string): JsonObject | null {
  const values = uses.flatMap(({ agent, [field]: value }) => (value === null ? [] : [{ agent, value }]));
  return values.length === 0 ? null : histogram(values, title, 'agent');
}

/** How a side and role are written in one. */
export function placeName(side: string | null, role: string | null): string {
  return [side, role].filter((word) => word !== null && word !== '').join(': ') || 'everywhere';
}

function histogram(values: readonly JsonObject[], title: string, row?: string): JsonObject {
  return plot(values, {
    height: row === undefined ? 120 : 50,
    mark: { type: 'bar', color: '#1f4e79' },
    encoding: {
      x: { field: 'value', type: 'quantitative', bin: { maxbins: 30 }, title },
      y: { aggregate: 'count', type: 'quantitative', title: null },
      ...(row === undefined
        ? {}
        : { row: { field: row, type: 'nominal', title: null, header: { labelAngle: 0, labelAlign: 'left' } } }),
    },
  });
}

function plot(values: readonly JsonObject[], marks: JsonObject): JsonObject {
  return { ...base(values), width: WIDTH - 160, ...marks };
}

function base(values: readonly JsonObject[]): JsonObject {
  const data: Json = { values };
  return { data, background: 'transparent', config: { view: { stroke: null }, font: 'sans-serif' } };
}
