/** A point of a curve: both numbers above 0, since both axes are logarithmic. */
export type Point = readonly [x: number, y: number];

export interface PlotSize {
  /** Columns and rows for everything, axes included. */
  readonly width: number;
  readonly height: number;
}

/** Columns left of the curve: a figure such as `1e-3`, and the axis. */
const MARGIN = 7;
/** Dots within a character of braille: 2 across, 4 down. SEE: Unicode 15, block U+2800, in which a bit is a dot. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

interface Scale {
  /** Decimal logarithms of the two ends. */
  readonly from: number;
  readonly to: number;
}

/**
 * A curve over two logarithmic axes, drawn with dots of braille. `goal` is drawn as a dotted line across. Points that
 * are not above 0 lie at the lower edge.
 */
export function logLogPlot(points: readonly Point[], goal: number, { width, height }: PlotSize): string[] {
  const columns = Math.max(8, width - MARGIN);
  const rows = Math.max(3, height - 1);
  const x = scaleOf(points.map(([one]) => one));
  const y = scaleOf([...points.map(([, one]) => one), goal]);
  const dots = new Dots(columns, rows);
  const place = ([px, py]: Point): [number, number] => [
    Math.round(share(px, x) * (2 * columns - 1)),
    Math.round((1 - share(py, y)) * (4 * rows - 1)),
  ];
  if (goal > 0) dots.across(place([1, goal])[1]);
  for (const [index, point] of points.entries()) dots.line(place(points[index - 1] ?? point), place(point));
  const labels = labelsOf(y, rows);
  return [
    ...dots
      .lines()
      .map((line, row) => `${(labels.get(row) ?? '').padStart(MARGIN - 2)} ${labels.has(row) ? '┤' : '│'}${line}`),
    `${' '.repeat(MARGIN - 1)}└${axis(x, columns)}`,
  ];
}

/** Whole powers of ten around the numbers. */
function scaleOf(numbers: readonly number[]): Scale {
  const logs = numbers.filter((one) => one > 0).map(Math.log10);
  const from = Math.floor(logs.reduce((least, one) => Math.min(least, one), logs[0] ?? 0));
  const to = Math.ceil(logs.reduce((most, one) => Math.max(most, one), logs[0] ?? 0));
  return { from, to: Math.max(to, from + 1) };
}

function share(value: number, { from, to }: Scale): number {
  return value > 0 ? Math.min(1, Math.max(0, (Math.log10(value) - from) / (to - from))) : 0;
}

/** The powers of ten by the row they stand in; of those that would crowd each other, some. */
function labelsOf({ from, to }: Scale, rows: number): ReadonlyMap<number, string> {
  const step = Math.ceil((to - from) / Math.max(1, rows - 1));
  const labels = new Map<number, string>();
  for (let power = from; power <= to; power += step) {
    labels.set(Math.round((1 - (power - from) / (to - from)) * (rows - 1)), `1e${power}`);
  }
  return labels;
}

function axis(x: Scale, columns: number): string {
  const line = new Array<string>(columns).fill('─');
  const step = Math.ceil((6 * (x.to - x.from)) / columns);
  for (let power = x.from; power <= x.to; power += step) {
    const text = `1e${power}`;
    const at = Math.round(((power - x.from) / (x.to - x.from)) * (columns - 1));
    const start = Math.min(at, columns - text.length);
    line.splice(start, text.length, ...text);
  }
  return line.join('');
}

/** A sheet of dots in characters of braille. */
class Dots {
  readonly #columns: number;
  readonly #cells: Uint8Array;

  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#cells = new Uint8Array(columns * rows);
  }

  line([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): void {
    const steps = Math.max(1, Math.abs(x1 - x0), Math.abs(y1 - y0));
    for (let step = 0; step <= steps; step++) {
      this.#dot(Math.round(x0 + ((x1 - x0) * step) / steps), Math.round(y0 + ((y1 - y0) * step) / steps));
    }
  }

  /** A dotted line over the whole width. */
  across(y: number): void {
    for (let x = 0; x < 2 * this.#columns; x += 4) this.#dot(x, y);
  }

  lines(): string[] {
    const rows = this.#cells.length / this.#columns;
    return Array.from({ length: rows }, (_, row) =>
      Array.from(this.#cells.subarray(row * this.#columns, (row + 1) * this.#columns), (cell) =>
        String.fromCharCode(0x2800 + cell),
      ).join(''),
    );
  }

  #dot(x: number, y: number): void {
    const cell = (y >> 2) * this.#columns + (x >> 1);
    this.#cells[cell] = (this.#cells[cell] as number) | ((DOTS[x & 1] as readonly number[])[y & 3] as number);
  }
}
