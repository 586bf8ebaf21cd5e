import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { episodeSeed, Rng, type RngState, stream } from '../../src/core/rng.js';

/** Sum of squared distances from equal counts, over the count expected. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** A bound that a fair count passes but for about one seed in 30,000 (four standard deviations). */
function fairBound(cells: number): number {
  return cells - 1 + 4 * Math.sqrt(2 * (cells - 1));
}

function counted(cells: number, draws: number, draw: () => number): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (let i = 0; i < draws; i++) {
    const cell = draw();
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const sum = (term: (i: number) => number) => xs.reduce((total, _, i) => total + term(i), 0);
  const dx = (i: number) => (xs[i] as number) - mx;
  const dy = (i: number) => (ys[i] as number) - my;
  return sum((i) => dx(i) * dy(i)) / Math.sqrt(sum((i) => dx(i) ** 2) * sum((i) => dy(i) ** 2));
}

describe('the generator', () => {
  it('draws the reference sequence of xoshiro128** 1.1', () => {
    // SEE: the authors' C code started at 1, 2, 3, 4; the Rust crate rand_xoshiro tests the same ten numbers.
    const rng = new Rng([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => rng.next())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('refuses the one state it cannot leave', () => {
    expect(() => new Rng([0, 0, 0, 0])).toThrow(RangeError);
    expect(() => new Rng([1, 2, 3, 4]).restore([0, 0, 0, 0])).toThrow(RangeError);
  });

  it.each([2, 3, 6, 7, 52, 97, 256])('below(%i) is uniform', (n) => {
    const rng = stream(11, `below ${n}`);
    expect(chiSquare(counted(n, n * 1000, () => rng.below(n)))).toBeLessThan(fairBound(n));
  });

  it('below(n) is unbiased where 2^32 is far from a multiple of n', () => {
    // NOTE: a remainder alone would give the first third of these numbers twice as often as the rest.
    const n = 3 * 2 ** 30;
    const rng = stream(11, 'awkward');
    expect(chiSquare(counted(3, 30_000, () => Math.floor(rng.below(n) / 2 ** 30)))).toBeLessThan(fairBound(3));
  });

  it('below(n) stays below n at the edges', () => {
    const rng = stream(11, 'edges');
    for (const n of [1, 2, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32]) {
      for (let i = 0; i < 1000; i++) {
        const drawn = rng.below(n);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < n).toBe(true);
      }
    }
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])('below(%d) is refused', (n) => {
    expect(() => stream(1, 'x').below(n)).toThrow(/whole number from 1 to 2\^32/);
  });

  it('below(n) is the remainder of the drawn number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.integer({ min: 1, max: 2 ** 31 }), (n, word) => {
        const state: RngState = [word, word ^ 77, 5, 9];
        const [drawn, below] = [new Rng(state).next(), new Rng(state).below(n)];
        const fair = 2 ** 32 - (2 ** 32 % n);
        if (drawn < fair) expect(below).toBe(drawn % n);
      }),
      { seed: 1 },
    );
  });

  it('float() lies in [0, 1) and is uniform', () => {
    const rng = stream(11, 'float');
    const drawn = Array.from({ length: 64_000 }, () => rng.float());
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    let at = 0;
    const cells = counted(64, drawn.length, () => Math.floor((drawn[at++] as number) * 64));
    expect(chiSquare(cells)).toBeLessThan(fairBound(64));
  });

  it('weighted() draws each value as often as its probability says, and never one of probability 0', () => {
    const outcomes = [
      ['a', 0.5],
      ['never', 0],
      ['b', 0.3],
      ['c', 0.2],
    ] as const;
    const rng = stream(11, 'weighted');
    const n = 40_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const value = rng.weighted(outcomes);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (const [value, probability] of outcomes) {
      const spread = 4 * Math.sqrt(n * probability * (1 - probability));
      expect(Math.abs((counts.get(value) ?? 0) - n * probability)).toBeLessThanOrEqual(spread);
    }
  });

  it('weighted() gives rounding to the last value it can draw', () => {
    const tenths = Array.from({ length: 10 }, (_, i) => [i, 0.1] as const);
    const rng = stream(11, 'rounding');
    for (let i = 0; i < 10_000; i++) expect(rng.weighted(tenths)).toBeLessThan(10);
  });

  it('shuffled() gives every order equally often and leaves its input alone', () => {
    const items = Object.freeze(['a', 'b', 'c', 'd']);
    const rng = stream(11, 'shuffle');
    const orders = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = rng.shuffled(items).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    expect(chiSquare([...orders.values()])).toBeLessThan(fairBound(24));
  });

  it('pick() takes one of the items and refuses an empty list', () => {
    expect(['a', 'b']).toContain(stream(1, 'pick').pick(['a', 'b']));
    expect(() => stream(1, 'pick').pick([])).toThrow(RangeError);
  });
});

describe('the state of a generator', () => {
  it('survives JSON and goes on where it was', () => {
    const rng = stream('a seed', 'chance');
    for (let i = 0; i < 1000; i++) rng.next();
    const state = JSON.parse(JSON.stringify(rng.state())) as RngState;
    const again = new Rng(state);
    expect(again.state()).toEqual(state);
    expect(Array.from({ length: 100 }, () => again.next())).toEqual(Array.from({ length: 100 }, () => rng.next()));
  });

  it('can be put back into a generator that somebody holds', () => {
    const rng = stream(3, 'x');
    const state = rng.state();
    const first = [rng.next(), rng.next()];
    rng.restore(state);
    expect([rng.next(), rng.next()]).toEqual(first);
  });
});

describe('streams', () => {
  const seeds = Array.from({ length: 4000 }, (_, seed) => seed);
  const firsts = (label: string) => seeds.map((seed) => stream(seed, label).float());

  it('of one seed and name are the same, of `7` and "7" too', () => {
    expect(stream(7, 'chance').state()).toEqual(stream('7', 'chance').state());
  });

  it('of different names or seeds differ', () => {
    const states = seeds.flatMap((seed) => ['chance', 'seat 0', 'seat 1'].map((label) => stream(seed, label).state()));
    expect(new Set(states.map(String)).size).toBe(states.length);
  });

  it('of different names are independent', () => {
    const names = ['chance', 'substitute', 'seat 0', 'seat 1', 'seat 2'];
    const drawn = names.map(firsts);
    for (const [i, xs] of drawn.entries()) {
      for (const ys of drawn.slice(i + 1))
        expect(Math.abs(correlation(xs, ys))).toBeLessThan(4 / Math.sqrt(seeds.length));
    }
  });

  it('of successive seeds are independent', () => {
    const drawn = firsts('chance');
    expect(Math.abs(correlation(drawn.slice(1), drawn.slice(0, -1)))).toBeLessThan(4 / Math.sqrt(seeds.length));
  });

  it.each(['number', 'batch'])('of successive seeds (%s) begin uniformly', (kind) => {
    const seedOf = (i: number) => (kind === 'number' ? i : episodeSeed(7, i));
    for (const cells of [2, 6, 64, 1000]) {
      let at = 0;
      const counts = counted(cells, cells * 100, () => stream(seedOf(at++), 'chance').below(cells));
      expect(chiSquare(counts)).toBeLessThan(fairBound(cells));
    }
  });

  it('of successive seeds begin with every bit as often 0 as 1', () => {
    const words = seeds.map((seed) => stream(seed, 'seat 0').next());
    for (let bit = 0; bit < 32; bit++) {
      const ones = words.filter((word) => ((word >>> bit) & 1) === 1).length;
      expect(Math.abs(ones - seeds.length / 2)).toBeLessThan(2 * Math.sqrt(seeds.length));
    }
  });

  it('number the episodes of a batch', () => {
    expect(episodeSeed(7, 12)).toBe('7/12');
  });
});
