import { describe, expect, it } from 'vitest';
import { logLogPlot, type Point } from './plot.js';

/** Whether a character of braille holds a dot. */
const dotted = (line: string): boolean => /[\u2801-\u28ff]/.test(line);

describe('a curve over logarithmic axes', () => {
  const size = { width: 47, height: 9 };
  /** y = 100 / x is a straight line from corner to corner. */
  const straight: Point[] = [1, 10, 100].map((x) => [x, 100 / x]);

  it('fills the asked size, with powers of ten at both axes', () => {
    const lines = logLogPlot(straight, 1, size);
    expect(lines).toHaveLength(9);
    expect(lines.every((line) => [...line].length <= 47)).toBe(true);
    expect(lines[0]).toMatch(/^ {2}1e2 ┤/);
    expect(lines.at(-2)).toMatch(/^ {2}1e0 ┤/);
    expect(lines.at(-1)).toMatch(/^ {6}└1e0─+1e1─+1e2$/);
  });

  it('goes from the first point to the last, and the goal lies across', () => {
    const lines = logLogPlot(straight, 1e-3, size);
    const [top = '', goal = ''] = [lines[0] ?? '', lines.at(-2) ?? ''];
    expect(dotted(top.slice(7, 12))).toBe(true);
    expect(dotted(top.slice(20))).toBe(false);
    expect(dotted(goal.slice(7, 12))).toBe(true);
    expect(dotted(goal.slice(-5))).toBe(true);
    // NOTE: the curve comes down two of the five powers of ten that the rows span.
    expect(lines.slice(0, 8).map(dotted)).toEqual([true, true, true, true, false, false, false, true]);
  });

  it('draws one point, equal points, and numbers of 0 without falling over', () => {
    for (const points of [
      [[1, 1]],
      [[3, 0]],
      [
        [1, 5],
        [1, 5],
      ],
      [
        [1, 1e-300],
        [1e300, 1],
      ],
    ] as Point[][]) {
      for (const goal of [0, 1e-3]) {
        const lines = logLogPlot(points, goal, size);
        expect(lines).toHaveLength(9);
        expect(lines.join('')).not.toMatch(/NaN|undefined|Infinity/);
      }
    }
  });
});
