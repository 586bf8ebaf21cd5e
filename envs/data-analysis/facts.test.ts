import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import { Episode } from '../../src/core/episode.js';
import type { Json } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { sample } from '../../src/core/space.js';
import { isRight } from './answers.js';
import environment from './index.js';
import { embedded, KINDS, SIZES } from './tasks/embedded.js';

/** The first tasks of `val`, worked out from their files with NumPy 2.4.6 and SciPy 1.17.1, by hand for each kind. */
const WORKED_OUT: readonly [kind: string, answer: number][] = [
  ['mean count', 6.0],
  ['density ratio', 1.097814227073437],
  ['diversity', 1.5931384052077127],
  ['correlation after join', -0.1211663390915026],
  ['share of the top group', 45.26627218934911],
  ['effect size', -0.9986329736109789],
  ['t statistic', -4.657796638473518],
  ['rate ratio', 0.5106459116120952],
  ['median after a filter', 98.1],
  ['odds ratio', 7.428571428571429],
  ['chi-square', 18.453789925313835],
  ['difference in percent', -4.079696394686916],
  ['Vmax', 51.440544166068385],
  ['Michaelis constant', 554.4603493356847],
  ['ratio of constants', 2.3003895559348124],
  ['largest response', 17.94],
  ['half-life', 45.36368683891198],
  ['share of a group', 38.8989797666514],
  ['growth', -3.595554177228011],
  ['top group', 21152.549999999996],
  ['percentile', 697.8840000000002],
  ['elasticity', -1.3953146028774082],
  ['rolling maximum', 11.059027777777779],
  ['slope', -0.06222724142257927],
  ['spread without outliers', 1.8752228084968134],
  ['percentage above a limit', 58.490566037735846],
  ['difference of means', -12.042917378917377],
];

describe('the right answer', () => {
  it.each(WORKED_OUT.map(([kind, answer], index) => ({ kind, answer, index })))(
    'to a $kind is what SciPy works out',
    ({ kind, answer, index }) => {
      expect(KINDS[index]?.name).toBe(kind);
      const task = embedded('val', index);
      expect(Math.abs(task.answer - answer)).toBeLessThan(1e-9 * Math.max(1, Math.abs(answer)));
    },
  );

  it('is there for every kind, and no two kinds share a name', () => {
    expect(WORKED_OUT.map(([kind]) => kind)).toEqual(KINDS.map(({ name }) => name));
    expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length);
  });
});

describe('embedded tasks', () => {
  const some = Array.from({ length: 3 * KINDS.length }, (_, at) => embedded('train', 27 + at));

  it('are the same each time, and no two alike', () => {
    for (const { id, split } of some) {
      const index = Number(id.slice(split.length + 1));
      expect(JSON.stringify(embedded(split, index))).toBe(JSON.stringify(embedded(split, index)));
    }
    const files = Object.keys(SIZES).flatMap((split) =>
      [0, 1, 27].map((at) => JSON.stringify(embedded(split, at).files)),
    );
    expect(new Set(files).size).toBe(files.length);
  });

  it('have the faults that questions speak of', () => {
    const all = some.map(({ files }) => Object.values(files).join('\n')).join('\n');
    for (const fault of [/,NA\b/, /,,|,\n/, /,lb\n/, /,m2,/, /,ft\n/, /,mM,/, /-999/, /,F\n/, /,ct\n/])
      expect(all).toMatch(fault);
    const shop = some.find(({ files }) => 'orders.csv' in files);
    const orders = (shop?.files['orders.csv'] ?? '').trim().split('\n');
    expect(new Set(orders).size).toBeLessThan(orders.length);
  });

  it('do not say the answer in their words', () => {
    for (const task of some) {
      const numbers = (task.question.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
      expect(numbers.filter((number) => isRight(task, number))).toEqual([]);
    }
  });
});

const GIVEN = {
  id: 'mine',
  split: 'mine',
  question: 'What is the sum of n?',
  files: { 'a.csv': 'n\n1\n2\n' },
  answer: 1234.5,
  relative: 0.002,
};

type Call = readonly [name: string, args: Json];

function dealt(set: { readonly [field: string]: Json } = {}): Episode {
  const episode = new Episode(environment, readConfig(environment.spec, { set: { given: GIVEN, ...set } }));
  episode.apply({ chance: 'mine' });
  return episode;
}

/** Plays steps of calls, each asked what the real sandbox answers. */
async function played(steps: readonly (readonly Call[])[], set: { readonly [field: string]: Json } = {}) {
  const episode = dealt(set);
  for (const calls of steps) {
    episode.apply({ seats: { 0: calls.map(([name, args], at) => ({ id: `c${at}`, name, args })) } });
    for (let turn = episode.turn; turn.kind === 'call'; turn = episode.turn) {
      const ask = (request: Json) => environment.answer?.(request, new AbortController().signal) as Promise<Json>;
      episode.apply({ answers: await Promise.all(turn.requests.map(ask)) });
    }
  }
  return episode;
}

function texts(episode: Episode): string[] {
  return episode.log.flatMap((event) => (event.kind === 'result' ? [event.text as string] : []));
}

const submit = (answer: Json): Call => ['submit_answer', { answer }];
const edit = (contents: string, idx?: number): Call => [
  'edit_cell',
  idx === undefined ? { contents } : { contents, idx },
];

// SEE: notebook and answer checks of Future-House/aviary, main 2026-04, and the card for what differs.
describe('an answer', () => {
  it.each<[Json, number, string]>([
    [1234.5, 1, 'right answer'],
    ['1234.5', 1, 'right answer'],
    [' +1.2345e3 ', 1, 'right answer'],
    [1236.9, 1, 'right answer'],
    [1232.1, 1, 'right answer'],
    [1237, 0, 'wrong answer'],
    [1232, 0, 'wrong answer'],
    [0, 0, 'wrong answer'],
    ['-1234.5', 0, 'wrong answer'],
  ])('%j pays %i', async (answer, reward, outcome) => {
    const episode = await played([[submit(answer)]]);
    expect(episode.turn).toMatchObject({ kind: 'over', outcome, truncated: false });
    expect(episode.returns()).toEqual([reward]);
    expect(episode.log.at(-1)).toMatchObject({ kind: 'solution', solution: 1234.5 });
  });

  it.each<[Json]>([
    ['1234.5 or 1300'],
    ['1234.5, 1300'],
    ['[1234.5]'],
    ['1,234.5'],
    ['1234.5 kg'],
    ['about 1234.5'],
    ['1200-1300'],
    ['1234.5%'],
    ['0x4d2'],
    ['Infinity'],
    ['NaN'],
    [''],
  ])('%j is refused, says what is right, and ends nothing', async (answer) => {
    const episode = await played([[submit(answer)]]);
    expect(texts(episode)).toEqual([expect.stringMatching(/^Error: the answer is one number, such as 12\.34 or/)]);
    expect(episode.turn.kind).toBe('act');
    expect(episode.paid).toEqual([{}]);
  });

  it('is paid once', async () => {
    const episode = await played([[submit(1234.5), submit(1234.5)]]);
    expect(episode.returns()).toEqual([1]);
    expect(texts(episode)).toEqual(['Right.', 'not run: it was over']);
  });
});

describe('the notebook', () => {
  it('runs cells from the top and shows them all', async () => {
    const episode = await played([[edit('const rows = csv("a.csv");')], [edit('sum(numbers(rows, "n"))')]]);
    expect(texts(episode)).toEqual([
      'Cell 0:\nconst rows = csv("a.csv");\nOutput of cell 0:\n(nothing)',
      'Cell 0:\nconst rows = csv("a.csv");\nOutput of cell 0:\n(nothing)\n\nCell 1:\nsum(numbers(rows, "n"))\nOutput of cell 1:\n3',
    ]);
    expect(environment.view(episode.state, 0)).toMatchObject({
      seen: {
        files: ['a.csv'],
        cells: [
          { output: '', failed: false },
          { output: '3', failed: false },
        ],
      },
    });
  });

  it('replaces a cell, and those below see it', async () => {
    const episode = await played([[edit('let a = 1'), edit('a + 1')], [edit('let a = 41', 0)]]);
    expect(texts(episode).at(-1)).toMatch(/Output of cell 1:\n42$/);
  });

  it('refuses a cell that is not there', async () => {
    const episode = await played([[edit('1', 0), edit('1'), edit('2', 1)]]);
    expect(texts(episode).filter((text) => text.startsWith('Error'))).toEqual([
      'Error: there is no cell 0: the notebook is empty; leave idx out to add a cell at the end',
      'Error: there is no cell 1: the cells are 0 to 0; leave idx out to add a cell at the end',
    ]);
  });

  it('takes no more cells than it has room for', () => {
    const episode = dealt({ maxSteps: 200 });
    for (let cell = 0; cell <= 40; cell++) {
      episode.apply({ seats: { 0: [{ id: 'c', name: 'edit_cell', args: { contents: '1' } }] } });
      if (episode.turn.kind === 'call') episode.apply({ answers: [episode.turn.sample(stream('a', 'b'))[0] as Json] });
    }
    expect(texts(episode).at(-1)).toBe('Error: there are 40 cells, which is the most; replace one of them by idx');
  });

  it('keeps the edit where the sandbox gave no answer, and says why', () => {
    const episode = dealt();
    episode.apply({ seats: { 0: [{ id: 'c', name: 'edit_cell', args: { contents: '1' } }] } });
    episode.apply({ answers: [{ error: 'no answer within 5 ms' }] });
    expect(texts(episode)).toEqual(['Cell 0:\n1\nOutput of cell 0:\nnot run: no answer within 5 ms']);
    expect(episode.turn.kind).toBe('act');
  });

  it('is stopped where the configuration says, and the task goes on', async () => {
    const episode = await played([[edit('for (;;);')], [edit('1 + 1', 0)]], { computing: 1 });
    expect(texts(episode)).toEqual([
      expect.stringMatching(/Stopped: the notebook took more than 1 million steps of computing$/),
      expect.stringMatching(/Output of cell 0:\n2$/),
    ]);
  });

  it('lists its files', async () => {
    expect(texts(await played([[['list_workdir', {}]]]))).toEqual(['a.csv (6 characters)']);
  });
});

it('nobody at the table is shown the answer before the end', async () => {
  const episode = await played([[edit('csv("a.csv")'), ['list_workdir', {}]], [submit('many')]]);
  const seen = [
    environment.view(episode.state, 0),
    environment.view(episode.state, 'public'),
    ...episode.log,
    episode.turn,
  ];
  expect(JSON.stringify(seen)).not.toContain('1234.5');
  expect(environment.spec.rules(episode.config)).not.toContain('1234.5');
  expect(environment.view(episode.state, 'all')).toMatchObject({ solution: 1234.5 });
});

it('random play needs no sandbox', () => {
  const rng = stream('facts', 'random');
  const episode = dealt();
  for (let turn = episode.turn; turn.kind !== 'over'; turn = episode.turn) {
    if (turn.kind === 'call') episode.apply({ answers: turn.sample(rng) });
    if (turn.kind === 'act') episode.apply({ seats: { 0: sample(environment.spec, turn.spaces[0] as never, rng) } });
  }
  expect(episode.returns()).toEqual([0]);
});
