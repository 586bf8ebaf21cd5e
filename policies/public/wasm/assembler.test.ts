import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/core/catalogue.js';
import { readConfig } from '../../../src/core/config.js';
import { compile } from '../../tree/compile.js';
import { publicTree } from '../grow.js';
import { assemble, Body } from './assembler.js';
import { Bytes } from './bytes.js';
import { cut } from './cut.js';
import { generate } from './generate.js';
import { start } from './host.js';
import { Lanes, NONE, type Precision } from './lanes.js';

/** Numbers in base 128. SEE: WebAssembly Core Specification 2.0, 5.2.2; the examples are those of the DWARF standard. */
describe('LEB128', () => {
  const written = (write: (bytes: Bytes) => void) => {
    const bytes = new Bytes();
    write(bytes);
    return [...bytes.taken()];
  };
  it.each([
    [2, [2]],
    [127, [127]],
    [128, [0x80, 1]],
    [129, [0x81, 1]],
    [12857, [0xb9, 0x64]],
    [4294967295, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('unsigned %i', (value, bytes) => expect(written((to) => to.unsigned(value))).toEqual(bytes));
  it.each([
    [2, [2]],
    [-2, [0x7e]],
    [63, [63]],
    [64, [0xc0, 0]],
    [-64, [0x40]],
    [127, [0xff, 0]],
    [-127, [0x81, 0x7f]],
    [128, [0x80, 1]],
    [-129, [0xff, 0x7e]],
  ])('signed %i', (value, bytes) => expect(written((to) => to.signed(value))).toEqual(bytes));
});

/** Runs what `write` leaves in the locals it returns, on numbers at address 0; gives what they hold. */
function run(
  precision: Precision,
  numbers: readonly number[],
  write: (lanes: Lanes, hands: number[]) => readonly number[],
) {
  const body = new Body({ parameters: [], results: [] });
  const lanes = new Lanes(body, precision);
  const hands = Array.from({ length: lanes.count(numbers.length) }, (_, at) => lanes.keep(() => body.load(16 * at)));
  const results = write(lanes, hands);
  for (const [at, local] of results.entries()) body.store(1024 + 16 * at, () => body.get(local));
  const { exports, buffer } = start(assemble([body], { name: 'run', index: 0 }), 1);
  const memory = precision === 'f64' ? new Float64Array(buffer) : new Float32Array(buffer);
  memory.set(numbers);
  (exports.run as () => void)();
  const first = 1024 / memory.BYTES_PER_ELEMENT;
  return [...memory.subarray(first, first + results.length * lanes.width)];
}

describe.each(['f64', 'f32'] as const)('lanes of %s', (precision) => {
  const numbers = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19];

  it.each([
    [[0, 1, 2, 3, 4, 5, 6, 7]],
    [[3, 3, 3, 3]],
    [[9, 0, 5, 2]],
    [[8, 4, 0, 1]],
    [[NONE, 7, NONE, 1]],
    [[NONE, NONE, NONE, NONE]],
    [[1, NONE, 9, 6, 6, NONE, 0, 0]],
  ])('are gathered from anywhere: %j', (from) => {
    const expected = from.map((entry) => (entry === NONE ? 0 : numbers[entry]));
    expect(run(precision, numbers, (lanes, hands) => lanes.gathered(hands, from)).slice(0, from.length)).toEqual(
      expected,
    );
  });

  it('are spread, added, subtracted, multiplied, divided', () => {
    const one = run(precision, numbers, (lanes, hands) => [
      lanes.spread(hands, 7),
      ...lanes.binary('add', hands.slice(0, 1), [lanes.same(0.5)]),
      ...lanes.binary('sub', hands.slice(0, 1), [lanes.same(0.5)]),
      ...lanes.binary('mul', hands.slice(0, 1), [lanes.same(0.5)]),
      ...lanes.binary('div', hands.slice(0, 1), [lanes.same(0.5)]),
    ]);
    const width = precision === 'f64' ? 2 : 4;
    const own = numbers.slice(0, width);
    const spread = own.map(() => 17);
    const others = [own.map((x) => x + 0.5), own.map((x) => x - 0.5), own.map((x) => x / 2), own.map((x) => x * 2)];
    expect(one).toEqual([...spread, ...others.flat()]);
  });
});

describe('programs', async () => {
  const environment = await new Catalogue().environment('liars-dice');
  const tree = publicTree(
    compile(environment, readConfig(environment.spec, { set: { faces: 3 } }), { knowledge: true }),
  );
  const scheme = { updates: 'alternating', averaging: 1, keep: 'positive', predictive: false } as const;

  it('are cut into pieces of no more options than asked for, which cover the tree', () => {
    for (const most of [1, 10, 40, 1000]) {
      const starts = cut(tree, most);
      const weight = new Int32Array(tree.size);
      for (let situation = tree.size - 1; situation >= 0; situation--) {
        weight[situation] = (weight[situation] as number) + (tree.options[situation] as number);
        const before = tree.of[tree.came[situation] as number] as number;
        if (starts[situation] === 0 && before >= 0)
          weight[before] = (weight[before] as number) + (weight[situation] as number);
      }
      const pieces = weight.filter((_, situation) => starts[situation] === 1 || situation === 0);
      expect(Math.max(...pieces)).toBeLessThanOrEqual(Math.max(most, ...tree.options));
      expect(pieces.reduce((sum, options) => sum + options, 0)).toBe(tree.edges - 1);
    }
  });

  it('that would grow too long are refused with a way out', () => {
    expect(() => generate(tree, scheme, 'f64', 10_000)).toThrow(/longer than 0.01 megabytes: take the road "vector"/);
    expect(generate(tree, scheme, 'f64').module.length).toBeGreaterThan(10_000);
  });
});
