import { describe, expect, it } from 'vitest';
import { LONGEST_OUTPUT } from './notebook.js';
import { outputsOf, shown } from './ran.testing.js';
import { runNotebook } from './threads.js';

// NOTE: a zone where summer is not UTC, set before any thread is there, so that a sandbox that took the host's would show.
process.env.TZ = 'America/New_York';

const FEW = { steps: 5, seconds: 60 };
const SHORT = { steps: 100_000, seconds: 1 };

describe('a cell that would never end', () => {
  const tooLong = 'the notebook took more than 5 million steps of computing';

  it.each([
    ['an endless loop', 'for (;;);'],
    ['an endless loop that catches what it can', 'for (;;) { try { for (;;); } catch {} finally { continue; } }'],
    ['a regular expression without an end', '/^(a+)+$/.test("a".repeat(40) + "b")'],
    ['an endless getter', 'const o = { get a() { for (;;); } }; o'],
    ['an endless way of being shown', '({ toString() { for (;;); }, [Symbol.toPrimitive]() { for (;;); } }) + ""'],
    ['a proxy that never answers', 'new Proxy({}, { ownKeys() { for (;;); } })'],
    ['reading without an end', 'for (;;) text("a.csv")'],
    ['a thousand million items', 'let n = 0; for (const _ of new Array(1e9)) n++; n'],
  ])('%s is stopped, and the next notebook runs', async (_, cell) => {
    const outputs = await outputsOf(['console.log("before")', cell, '1'], { limits: FEW, files: { 'a.csv': 'x\n' } });
    expect(outputs).toEqual([
      { text: 'before', failed: false },
      { text: `Stopped: ${tooLong}`, failed: true },
      { text: `not run: ${tooLong}`, failed: true },
    ]);
    expect(await shown(['1 + 1'])).toEqual(['2']);
  });

  it('is stopped by the clock where steps are plenty', async () => {
    expect(await shown(['for (;;);', '1'], { limits: SHORT })).toEqual([
      'Stopped: the notebook took longer than 1 s',
      'not run: the notebook took longer than 1 s',
    ]);
  });

  it('is ended with its thread where nothing inside can stop it, and the next notebook runs', async () => {
    const ended = shown(['new Array(2 ** 31).join("x")'], { limits: SHORT });
    await expect(ended).rejects.toThrow('the notebook took longer than 1 s and did not stop when told to');
    expect(await shown(['1 + 1'])).toEqual(['2']);
  });

  it('is ended when its call is called off', async () => {
    const controller = new AbortController();
    const notebook = { cells: ['for (;;);'], files: {}, seed: '', limits: { steps: 1_000_000, seconds: 600 } };
    const run = runNotebook(notebook, controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(run).rejects.toThrow('the call was called off');
  });
});

describe('a cell that would take all memory', () => {
  it.each([
    ['lists without an end', 'const kept = []; for (;;) kept.push(new Array(10_000).fill(1.5));'],
    ['a gigabyte at once', 'new Uint8Array(2 ** 30)'],
    ['texts without an end', 'const kept = []; for (;;) kept.push("x".repeat(2 ** 20) + kept.length);'],
    ['a list of a thousand million', 'new Array(1e9).fill(0)'],
  ])('%s is stopped at the limit, and the next notebook runs', async (_, cell) => {
    const before = process.resourceUsage().maxRSS;
    const outputs = await outputsOf([cell, '1']);
    expect(outputs).toEqual([
      { text: 'Stopped: the memory of 64 MiB is used up', failed: true },
      { text: 'not run: the memory of 64 MiB is used up', failed: true },
    ]);
    expect(await shown(['1 + 1'])).toEqual(['2']);
    // NOTE: in KiB. The sandbox has 64 MiB, a new thread some 100; a host that grew with it would be at a gigabyte.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(400 * 1024);
  });
});

describe('a cell that goes too deep', () => {
  it.each([
    ['calls', 'function f(n) { return f(n + 1) + 1; } f(0)', 'InternalError: stack overflow (cell 0, line 1)'],
    ['brackets', 'eval("(".repeat(1e5) + ")".repeat(1e5))', 'SyntaxError: stack overflow (cell 0, line 1)'],
    ['data read', 'JSON.parse("[".repeat(1e5))', 'SyntaxError: stack overflow (cell 0, line 1)'],
    [
      'closures',
      'let g = () => 1; for (let i = 0; i < 1e5; i++) { const h = g; g = () => h(); } g()',
      'InternalError: stack overflow (cell 0, line 1)',
    ],
  ])('%s gets an error, and the next cell runs', async (_, cell, error) => {
    expect(await shown([cell, '1 + 1'])).toEqual([error, '2']);
  });
});

describe('there is no way out', () => {
  it.each([
    ["[].constructor.constructor('return process')()", "ReferenceError: 'process' is not defined (cell 0, line 1)"],
    ["[].constructor.constructor('return this')() === globalThis", 'true'],
    ["console.log.constructor('return typeof require + typeof module')()", 'undefinedundefined'],
    ["csv.constructor.constructor('return globalThis')() === globalThis", 'true'],
    ["import('node:fs').catch((error) => error.name)", 'ReferenceError'],
    // NOTE: the kit's own module is there; what it is given, a file's text and a place to print, is not.
    ["import('./kit.mjs').then((kit) => Object.keys(kit))", '["display", "explain", "install"]'],
    ['import("data:text/javascript,export default 1").catch((error) => error.name)', 'ReferenceError'],
    [
      'typeof fetch + typeof setTimeout + typeof WebAssembly + typeof performance + typeof Worker',
      'undefined'.repeat(5),
    ],
    ['typeof std + typeof os + typeof process + typeof global + typeof require', 'undefined'.repeat(5)],
    ['Atomics', "ReferenceError: 'Atomics' is not defined (cell 0, line 1)"],
    ['csv("/etc/passwd")', 'ReferenceError: there is no file "/etc/passwd"; the files are: a.csv (cell 0, line 1)'],
    ['text("__proto__")', 'ReferenceError: there is no file "__proto__"; the files are: a.csv (cell 0, line 1)'],
    ['text("constructor")', 'ReferenceError: there is no file "constructor"; the files are: a.csv (cell 0, line 1)'],
  ])('%s', async (cell, text) => {
    expect(await shown([cell], { files: { 'a.csv': 'x\n1\n' } })).toEqual([text]);
  });

  it('holds nothing that reaches outside', async () => {
    const [names] = await shown(['Object.getOwnPropertyNames(globalThis).sort().join(" ")']);
    const words = (names as string).split(' ');
    expect(words.filter((word) => !(word in globalThis)).sort()).toEqual([...KIT, ...NEWER].sort());
    expect(
      words.filter((word) => /process|require|fetch|set[TI]|clear|queue|navigator|crypto|Worker|Message/.test(word)),
    ).toEqual([]);
  });

  it('leaves nothing behind for the next notebook', async () => {
    await shown([
      'Array.prototype.map = () => ["stolen"]; Object.prototype.leak = 1; globalThis.left = 1; JSON.stringify = () => "stolen"; Object.freeze = null; mean = () => 42',
    ]);
    expect(
      await shown(['[1].map((x) => x + 1)', 'typeof left + typeof ({}).leak', 'JSON.stringify(1)', 'mean([1])']),
    ).toEqual(['[2]', 'undefinedundefined', '1', '1']);
    expect([1].map((x) => x + 1)).toEqual([2]);
    expect('leak' in {}).toBe(false);
  });

  it('runs notebooks beside each other that do not see each other', async () => {
    const cells = (mine: number) => [
      `var mine = ${mine}; for (let i = 0; i < 1e5; i++) mine += 0; text("a.csv")`,
      'mine',
      'Object.keys(globalThis).filter((name) => name === "mine").length',
    ];
    const runs = [1, 2, 3, 4].map((mine) => shown(cells(mine), { files: { 'a.csv': `file ${mine}` } }));
    expect(await Promise.all(runs)).toEqual([1, 2, 3, 4].map((mine) => [`file ${mine}`, `${mine}`, '1']));
  });
});

/** Of the language itself, and not in every Node. */
const NEWER = ['InternalError', 'Iterator', 'Float16Array'].filter((name) => !(name in globalThis));

/** Every name the kit puts there. */
const KIT = [
  ...['text', 'csv', 'table', 'files', 'numbers', 'groupBy', 'count', 'join', 'rolling', 'console'],
  ...['sum', 'mean', 'median', 'min', 'max', 'variance', 'sd', 'quantile', 'ranks', 'round'],
  ...['correlation', 'spearman', 'regression', 'tTest', 'chiSquare', 'normalCdf', 'tCdf', 'chiSquareCdf'],
].filter((name) => !(name in globalThis));

describe('the same cells give the same bytes', () => {
  const CHANCY = ['[Math.random(), Math.random()]', 'Date.now()', 'new Date()', 'new Date().getTimezoneOffset()'];

  it('of chance and of the clock', async () => {
    const first = await shown(CHANCY, { seed: 'one' });
    expect(await shown(CHANCY, { seed: 'one' })).toEqual(first);
    expect((await shown(CHANCY, { seed: 'two' })).slice(0, 3)).not.toEqual(first.slice(0, 3));
    const draws = JSON.parse(first[0] as string) as number[];
    expect(draws.every((draw) => draw >= 0 && draw < 1) && draws[0] !== draws[1]).toBe(true);
  });

  it('in a year of its own, in UTC, a millisecond later each time it is asked', async () => {
    const [year, later, local, offset] = await shown([
      'new Date().getUTCFullYear()',
      'const at = Date.now(); Date.now() - at',
      'new Date(2024, 6, 1, 12).toISOString()',
      'new Date(2024, 6, 1).getTimezoneOffset()',
    ]);
    expect([year, later, local, offset]).toEqual(['2024', '1', '2024-07-01T12:00:00.000Z', '0']);
  });

  it.each([
    ['counts', 'let n = 0; for (;;) if (n++ % 100_000 === 0) console.log(n);'],
    ['prints', 'for (let n = 1; ; n += 100_000) console.log(n);'],
  ])('of what is stopped while it %s', async (_, cell) => {
    const [first] = await shown([cell], { limits: FEW });
    expect(await shown([cell], { limits: FEW })).toEqual([first]);
    expect(first).toMatch(/^1\n100001\n/);
    expect(first).toMatch(/\nStopped: the notebook took more than 5 million steps of computing$/);
  });
});

describe('what a cell shows', () => {
  it.each<[string, string]>([
    ['1 + 1', '2'],
    ['const x = 1', ''],
    ['undefined', ''],
    ['null', 'null'],
    ['-0', '-0'],
    ['10n ** 20n', '100000000000000000000n'],
    ['"a text"', 'a text'],
    ['["a", 1, null, undefined]', '["a", 1, null, undefined]'],
    ['({ a: 1, b: { c: [1, 2] } })', '{ a: 1, b: { c: [1, 2] } }'],
    ['[{ a: 1, b: "x" }, { a: null, b: "longer" }]', 'a  b\n1  x\n   longer'],
    ['new Map([["a", 1]])', 'Map [["a", 1]]'],
    ['new Set([1, 2])', 'Set [1, 2]'],
    ['new Date(0)', '1970-01-01T00:00:00.000Z'],
    ['(x) => x', '[function without a name]'],
    ['console.log("printed", 1, [2]); 3', 'printed 1 [2]\n3'],
    ['const a = []; a.push(a); a', '[[[[[...]]]]]'],
    ['Array.from({ length: 60 }, (_, i) => i).slice(48)', '[48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59]'],
    ['Promise.resolve(7)', '7'],
    ['(async () => { await null; return 8; })()', '8'],
    ['new Promise(() => {})', 'a promise that nothing will keep: there are no timers here'],
    ['throw new TypeError("no")', 'TypeError: no (cell 0, line 1)'],
    ['\n\nnull.x', "TypeError: cannot read property 'x' of null (cell 0, line 3)"],
    ['throw { code: 5 }', 'Uncaught { code: 5 }'],
    ['x +', "SyntaxError: unexpected token in expression: '' (cell 0, line 1)"],
    ['Promise.reject(new Error("late"))', 'Error: late (cell 0, line 1)'],
  ])('%s', async (cell, text) => expect(await shown([cell])).toEqual([text]));

  it('goes on after an error, with what the cells before declared', async () => {
    expect(await shown(['const a = 1; let b = 2', 'oops', 'a + b', 'const a = 3', 'var b2 = a'])).toEqual([
      '',
      "ReferenceError: 'oops' is not defined (cell 1, line 1)",
      '3',
      "SyntaxError: redeclaration of 'a'",
      '',
    ]);
  });

  it('may name its own things as the kit does', async () => {
    expect(await shown(['const mean = 5; let csv = 1; var sum = 2; mean + csv + sum'])).toEqual(['8']);
  });

  it('is cut to its length, characters whole', async () => {
    const [long, lines, half, failed, error] = await shown([
      'console.log("x".repeat(1e6)); "never seen"',
      'for (let i = 0; i < 1e4; i++) console.log("line", i)',
      '"\\ud83d\\ude00".repeat(2000).slice(1)',
      'console.log("x".repeat(1e6)); oops',
      'throw new Error("y".repeat(1e6))',
    ]);
    expect(failed).toMatch(
      /x\n\.\.\. \(997000 more characters\)\nReferenceError: 'oops' is not defined \(cell 3, line 1\)$/,
    );
    expect(error).toMatch(/^Error: y{593}\n\.\.\. \(\d+ more characters\)$/);
    const rest = 1e6 - LONGEST_OUTPUT + '\nnever seen'.length;
    expect(long).toBe(`${'x'.repeat(LONGEST_OUTPUT)}\n... (${rest} more characters)`);
    expect(lines?.startsWith('line 0\nline 1\n')).toBe(true);
    expect(lines?.replace(/\n\.\.\. \(\d+ more characters\)$/, '')).toHaveLength(LONGEST_OUTPUT);
    expect(half).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
  });
});
