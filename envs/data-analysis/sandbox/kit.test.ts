import { describe, expect, it } from 'vitest';
import { KIT } from '../language.js';
import { shown } from './ran.testing.js';

// SEE: "Student" (W. Gosset), "The probable error of a mean", Biometrika 6, 1908: hours of sleep won by ten patients.
const SLEEP = `const a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]`;
// SEE: F. Anscombe, "Graphs in statistical analysis", 1973, first of the four sets.
const ANSCOMBE = `const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5], y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]`;
// SEE: NIST Statistical Reference Datasets, univariate: NumAcc1 to NumAcc3, whose means and deviations are exact.
const ACCURACY = `const near = (whole, n) => [whole + 0.2, ...Array.from({ length: n - 1 }, (_, i) => whole + (i % 2 === 0 ? 0.1 : 0.3))]`;

/** Values of NumPy 2.4.6 and SciPy 1.17.1 unless a line says otherwise. */
const VALUES: readonly [cell: string, value: number, digits: number][] = [
  ['mean(a)', 0.75, 15],
  ['sd(a)', 1.7890096577591623, 14],
  ['variance(b)', 4.009, 14],
  ['median(b)', 1.75, 15],
  ['min(a)', -1.6, 15],
  ['max(b)', 5.5, 15],
  ['quantile(b, 0)', -0.1, 15],
  ['quantile(b, 0.1)', 0.08, 14],
  ['quantile(b, 0.25)', 0.875, 15],
  ['quantile(b, 0.9)', 4.69, 14],
  ['quantile(b, 0.99)', 5.419, 14],
  ['correlation(a, b)', 0.7951702058335778, 14],
  ['spearman(a, b)', 0.7818181818181817, 14],
  // R 4 gives the same for t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, p = 0.07939.
  ['tTest(a, b).t', -1.8608134674868526, 13],
  ['tTest(a, b).df', 17.776473516178488, 13],
  ['tTest(a, b).p', 0.0793941401873583, 13],
  ['regression(x, y).slope', 0.5000909090909091, 14],
  ['regression(x, y).intercept', 3.0000909090909103, 14],
  ['regression(x, y).r2', 0.666542459508775, 14],
  ['regression(x, y).slopeError', 0.11790550059563408, 14],
  ['regression(x, y).n', 11, 15],
  ['spearman(x, y)', 0.8181818181818182, 14],
  ['chiSquare([[10, 10, 20], [20, 20, 20]]).chi2', 2.7777777777777777, 14],
  ['chiSquare([[10, 10, 20], [20, 20, 20]]).df', 2, 15],
  ['chiSquare([[10, 10, 20], [20, 20, 20]]).p', 0.24935220877729622, 13],
  ['chiSquare([[23, 17], [9, 31]]).p', 0.001398074641211553, 12],
  ['chiSquare([[120, 3], [100, 25]]).chi2', 19.089008552423188, 13],
  ['chiSquare([[120, 3], [100, 25]]).p', 1.2476134792722391e-5, 11],
  ['normalCdf(-8)', 6.22096057427174e-16, 11],
  ['normalCdf(-3)', 0.0013498980316300933, 12],
  ['normalCdf(-1.96)', 0.024997895148220435, 12],
  ['normalCdf(0)', 0.5, 15],
  ['normalCdf(0.5)', 0.6914624612740131, 13],
  ['normalCdf(1)', 0.8413447460685429, 13],
  ['normalCdf(2.5758293035489004)', 0.995, 13],
  ['normalCdf(5)', 0.9999997133484281, 13],
  ['tCdf(-2, 5)', 0.050969739414929174, 12],
  ['tCdf(0.3, 1)', 0.5927735790777423, 12],
  ['tCdf(2.228, 10)', 0.9749941140914443, 12],
  ['tCdf(12.706, 1)', 0.9749995988209335, 12],
  ['tCdf(1.96, 1000)', 0.9748634075221256, 12],
  ['tCdf(4, 2.5)', 0.9804935120793409, 12],
  ['tCdf(-30, 17.776)', 5.615958438560883e-17, 10],
  ['chiSquareCdf(0.1, 1)', 0.24817036595415076, 12],
  ['chiSquareCdf(3.841458820694124, 1)', 0.95, 12],
  ['chiSquareCdf(5, 2)', 0.9179150013761012, 12],
  ['chiSquareCdf(18.307, 10)', 0.9499994109086018, 12],
  ['chiSquareCdf(100, 80)', 0.935429631078867, 12],
  ['chiSquareCdf(250, 100)', 0.9999999999999922, 12],
  ['mean([10000001, 10000003, 10000002])', 10000002, 15],
  ['sd([10000001, 10000003, 10000002])', 1, 15],
  ['mean(near(1, 1001))', 1.2, 14],
  ['sd(near(1, 1001))', 0.1, 12],
  ['mean(near(1e6, 1001))', 1000000.2, 14],
  ['sd(near(1e6, 1001))', 0.1, 8],
  ['sum([0.1, 0.2, 0.3]) * 10', 6, 14],
  ['sum([])', 0, 15],
];

describe('a number of the kit', async () => {
  const told = await shown([SLEEP, ANSCOMBE, ACCURACY, ...VALUES.map(([cell]) => cell)]);
  it.each(VALUES.map(([cell, value, digits], at) => ({ cell, value, digits, got: Number(told[at + 3]) })))(
    '$cell is $value',
    ({ value, digits, got }) => {
      expect(Math.abs(got - value)).toBeLessThanOrEqual(10 ** -digits * Math.max(Math.abs(value), 1e-300));
    },
  );
});

/** Records as Python 3.11's csv module reads them, blank ones left out; cells as this kit takes them. */
const TABLES: readonly [file: string, rows: string][] = [
  ['a,b\n1,2\n', '[{"a":1,"b":2}]'],
  ['a,b\r\n"x, y","he said ""hi"""\r\n', '[{"a":"x, y","b":"he said \\"hi\\""}]'],
  ['a,b\n"line\nbreak",2\n', '[{"a":"line\\nbreak","b":2}]'],
  ['a\n\n1\n', '[{"a":1}]'],
  ['a,b\n1,\n', '[{"a":1,"b":null}]'],
  ['a,b,c\n,,\n', '[{"a":null,"b":null,"c":null}]'],
  ['a,b\n1,2', '[{"a":1,"b":2}]'],
  ['\ufeffa\n1\n', '[{"a":1}]'],
  ['a,b,c,d\nNA,-1.5e3,007,1_0\n', '[{"a":null,"b":-1500,"c":7,"d":"1_0"}]'],
  ['date,a b\n2024-01-02, x \n', '[{"date":"2024-01-02","a b":"x"}]'],
];

describe('a file', async () => {
  const files = Object.fromEntries(TABLES.map(([file], at) => [`${at}.csv`, file]));
  const told = await shown(
    TABLES.map((_, at) => `JSON.stringify(csv("${at}.csv"))`),
    { files },
  );
  it.each(TABLES.map(([file, rows], at) => ({ file, rows, got: told[at] })))('$file', ({ rows, got }) => {
    expect(got).toBe(rows);
  });
});

const SMALL = { 'a.csv': 'site,n\nx,1\ny,NA\nx,3\n', 'b.csv': 'site,kind\nx,wet\nx,old\nz,dry\n' };

/** Facts one can count on one's fingers. */
const TABLE_WORK: readonly [cell: string, told: string][] = [
  ['files()', '["a.csv", "b.csv"]'],
  ['text("a.csv").length', '20'],
  ['numbers(csv("a.csv"), "n")', '[1, 3]'],
  ['numbers(csv("a.csv"), (row) => row.n * 2)', '[2, 0, 6]'],
  [
    'JSON.stringify(groupBy(csv("a.csv"), "site"))',
    '{"x":[{"site":"x","n":1},{"site":"x","n":3}],"y":[{"site":"y","n":null}]}',
  ],
  ['groupBy([{ a: "__proto__" }], "a").__proto__.length', '1'],
  ['JSON.stringify(count(["x", "y", "x"]))', '{"x":2,"y":1}'],
  [
    'table(join(csv("a.csv"), csv("b.csv"), "site"))',
    'site  kind  n\nx     wet   1\nx     old   1\nx     wet   3\nx     old   3',
  ],
  ['rolling([1, 2, 3, 4], 2)', '[1.5, 2.5, 3.5]'],
  ['rolling([1, 3, 2], 2, max)', '[3, 3]'],
  ['rolling([1], 2)', '[]'],
  ['ranks([3, 1, 3, 2, 3, 1])', '[5, 1.5, 5, 3, 5, 1.5]'],
  ['round(2.345, 1)', '2.3'],
  ['table(Array.from({ length: 3 }, (_, i) => ({ i })), 2)', 'i\n0\n1\n(1 more rows)'],
];

describe('work on tables', async () => {
  const told = await shown(
    TABLE_WORK.map(([cell]) => cell),
    { files: SMALL },
  );
  it.each(TABLE_WORK.map(([cell, right], at) => ({ cell, right, got: told[at] })))('$cell', ({ right, got }) => {
    expect(got).toBe(right);
  });
});

/** Every error says what was wrong and what would be right. */
const WRONG: readonly [cell: string, told: RegExp][] = [
  ['mean([])', /^TypeError: mean takes at least one number, and the list is empty/],
  ['mean(5)', /^TypeError: mean takes a list of numbers, not the number 5/],
  [
    'mean([1, null])',
    /^TypeError: mean: item 1 is null, not a number; numbers\(rows, column\) leaves missing cells out/,
  ],
  ['mean([1, "2"])', /item 1 is the text "2", not a number/],
  ['sd([1])', /variance takes at least two numbers/],
  ['quantile([1, 2], 50)', /quantile takes a share from 0 to 1, not 50/],
  ['correlation([1, 2], [1])', /correlation takes two lists of the same length, not 2 and 1/],
  ['regression([1], [1])', /at least two pairs/],
  ['numbers(csv("a.csv"), "m")', /numbers: there is no column "m"; the columns are: site, n/],
  ['groupBy("rows", "m")', /groupBy takes a list of rows first, not the text "rows"/],
  ['join(csv("a.csv"), csv("b.csv"), "n")', /join: there is no column "n"; the columns are: site, kind/],
  ['chiSquare([1, 2])', /chiSquare takes a list of rows of counts, not a list/],
  ['rolling([1], 0)', /rolling takes a whole size from 1, not 0/],
  ['csv("c.csv")', /there is no file "c.csv"; the files are: a.csv, b.csv/],
];

describe('a wrong use', async () => {
  const told = await shown(
    WRONG.map(([cell]) => cell),
    { files: SMALL },
  );
  it.each(WRONG.map(([cell, right], at) => ({ cell, right, got: told[at] })))('$cell', ({ right, got }) => {
    expect(got).toMatch(right);
  });
});

it('the words about the kit name all of it, and nothing else', async () => {
  const words = Object.values(KIT).flat().join('\n');
  const [names] = await shown(['Object.keys(globalThis).filter((name) => name !== "console").sort().join(" ")']);
  const named = (names as string).split(' ').filter((name) => new RegExp(`\\b${name}\\b`).test(words));
  expect(named.join(' ')).toBe(names);
  const called = [...words.matchAll(/\b([a-zA-Z]+)\(/g)].map(([, name]) => name);
  expect(called.filter((name) => !(names as string).split(' ').includes(name as string))).toEqual([]);
});
