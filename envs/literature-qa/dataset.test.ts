import { describe, expect, it } from 'vitest';
import random from '../../agents/random.js';
import scripted from '../../agents/scripted.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { readConfig } from '../../src/core/config.js';
import { Episode } from '../../src/core/episode.js';
import { runEpisode } from '../../src/core/play.js';
import { SIZES } from './config.js';
import { readLitQa } from './dataset.js';
import literature from './index.js';
import { letterOf, optionsOf } from './options.js';
import { gather, played, search } from './playing.testing.js';
import { sentencesOf } from './search/sentences.js';
import { generated } from './studies/generate.js';
import { KINDS } from './studies/kinds.js';
import { type LiteratureTask, UNSURE } from './task.js';

const some = Array.from({ length: 300 }, (_, at) => generated(`test_${at}`, 'test'));

describe('the embedded questions', () => {
  it('are as many as the splits say', () => {
    expect(literature.tasks?.sizes).toEqual({ train: 8000, val: 1000, test: 1000 });
    expect(literature.tasks?.at('val', 17)).toEqual({ id: 'val_17', split: 'val', config: { split: 'val', task: 17 } });
    expect(() => literature.tasks?.at('val', SIZES.val)).toThrow(/no task 1000/);
  });

  it('come in every kind, with six options of which each is claimed by one paper, and 64 papers', () => {
    expect(new Set(some.map(({ kind }) => kind)).size).toBe(KINDS.length);
    for (const task of some) {
      expect(new Set(optionsOf(task)).size).toBe(6);
      expect(task.papers).toHaveLength(64);
      expect(new Set(task.papers?.map(({ key }) => key)).size).toBe(64);
    }
  });

  it('are all different', () => expect(new Set(some.map(({ question }) => question)).size).toBe(some.length));

  it('cannot be answered one time in five', () => {
    const unsure = some.filter(({ ideal }) => ideal === UNSURE).length;
    expect(unsure / some.length).toBeGreaterThan(0.13);
    expect(unsure / some.length).toBeLessThan(0.27);
  });

  it('put the right option at every place alike', () => {
    const places = some.map((task) => optionsOf(task).indexOf(task.ideal));
    for (let place = 0; place < 6; place++) {
      const share = places.filter((at) => at === place).length / places.length;
      expect(Math.abs(share - 1 / 6)).toBeLessThan(0.09);
    }
  });

  it('never tell the answer in the paper on the first step, nor the bridge in the question', () => {
    for (const { question, ideal, papers } of some.filter((task) => task.ideal !== UNSURE)) {
      expect(question.toLowerCase()).not.toContain(ideal.toLowerCase());
      expect(papers?.filter(({ title }) => title.includes(ideal))).toEqual([]);
    }
  });

  it('name the two papers that settle them, of which the second tells the answer', () => {
    for (const { ideal, papers, sources } of some) {
      expect(sources).toHaveLength(ideal === UNSURE ? 0 : 2);
      const second = papers?.find(({ key }) => key === sources[1])?.text ?? UNSURE;
      expect(second.toLowerCase()).toContain(ideal.toLowerCase());
    }
  });

  it('are the same every time', () => {
    const { question, ideal, distractors, papers } = generated('val_0', 'val');
    expect({ question, ideal, distractors, first: papers?.[0] }).toMatchInlineSnapshot(`
      {
        "distractors": [
          "linkage group 6",
          "linkage group 14",
          "linkage group 2",
          "linkage group 9",
          "linkage group 8",
        ],
        "first": {
          "authors": [
            "Elerivary",
            "Kalakov",
            "Kalumiberg",
          ],
          "key": "elerivary2003",
          "text": "Little is known of the inner workings of Perorrthrips beluskina. Much of the older work was on the foregut. Each group held 54 animals of the strain Peroholm-85. Controls were treated alike in all else. Most of the XIZ34 in the body lay in the midgut. The effect held in every repeat (P = 0.002). The epidermis held no XIZ34 above background. A wider survey is under way. We thank the keepers of the station for their patience.",
          "title": "Where XIZ34 is found in Perorrthrips beluskina",
          "year": 2003,
        },
        "ideal": "Insufficient information to answer this question",
        "question": "On which linkage group of Perorrthrips beluskina (strain Peroholm-85) does the gene for the partner of DVH85 lie?",
      }
    `);
  });
});

/** How often an agent is right, over the first tasks of test. */
async function share(agent: AgentFactory, tasks: number): Promise<number> {
  let right = 0;
  for (let task = 0; task < tasks; task++) {
    const config = readConfig(literature.spec, { set: { split: 'test', task } });
    const { outcome } = await runEpisode({ environment: literature, config, seed: `7/${task}`, agents: [agent] });
    if (outcome === 'correct') right++;
  }
  return right / tasks;
}

/** Four times in five one of five named options is right. */
const CHANCE = 0.8 / 5;

// NOTE: the widths are over three standard errors of a share of 0.16 in so many tasks.
describe('players on embedded questions', () => {
  it('oracle, which reads words alone, answers all', async () => {
    expect(await share(await scripted.open('oracle'), 300)).toBe(1);
  });

  it('keyword, which reads one paper, stays at chance', async () => {
    expect(Math.abs((await share(await scripted.open('keyword'), 500)) - CHANCE)).toBeLessThan(0.05);
  });

  it('credulous, which believes the first finding it meets, is misled', async () => {
    expect(await share(await scripted.open('credulous'), 200)).toBeLessThan(CHANCE);
  });

  it('tally, which counts what is named most, and random stay at chance', async () => {
    expect(Math.abs((await share(await scripted.open('tally'), 300)) - CHANCE)).toBeLessThan(0.065);
    expect(Math.abs((await share(await random.open(''), 300)) - CHANCE)).toBeLessThan(0.065);
  });
});

/** Everything a seat is given, before the end, by these calls on a task. */
async function given(task: LiteratureTask, words: readonly string[]): Promise<string> {
  const calls = words.flatMap((query) => [search(query), gather(query)]);
  const { episode } = await played({ given: { ...task } }, [calls.slice(0, 8), [['gen_answer', {}]]]);
  return JSON.stringify([
    episode.log,
    literature.view(episode.state, 0),
    literature.view(episode.state, 'public'),
    episode.turn,
  ]);
}

describe('before the end', () => {
  it('what is shown is the same whichever option is right', async () => {
    for (const task of some.slice(0, 40)) {
      const options = [task.ideal, ...task.distractors];
      const words = [task.question.slice(0, 400), ...task.distractors];
      const shown = await given(task, words);
      for (const ideal of options.slice(1, 3).filter((option) => option !== UNSURE)) {
        const distractors = options.filter((option) => option !== ideal && option !== UNSURE);
        expect(await given({ ...task, ideal, distractors }, words)).toBe(shown);
      }
    }
  });

  it('no sentence of a paper is shown that was not found', async () => {
    for (const task of some.slice(0, 40)) {
      const { episode } = await played({ given: { ...task } }, [
        [search(task.question.slice(0, 400)), gather(task.question.slice(0, 400))],
      ]);
      const shown = JSON.stringify([episode.log, literature.view(episode.state, 0)]);
      const found = new Set([...shown.matchAll(/\[(\w+)\] /g)].map(([, key]) => key));
      const papers = task.papers ?? [];
      const open = papers.filter(({ key }) => found.has(key)).flatMap(({ text }) => sentencesOf(text));
      const closed = papers.filter(({ key }) => !found.has(key)).flatMap(({ text }) => sentencesOf(text));
      expect(closed.length).toBeGreaterThan(300);
      for (const sentence of closed) if (!open.includes(sentence)) expect(shown).not.toContain(sentence);
    }
  });

  it('a reader sees the answer, and the seat after the end', async () => {
    const task = some[0] as LiteratureTask;
    const letter = letterOf(optionsOf(task).indexOf(task.ideal));
    const episode = new Episode(literature, readConfig(literature.spec, { set: { split: 'test', task: 0 } }));
    episode.apply({ chance: 'test_0' });
    expect(literature.view(episode.state, 0)).toMatchObject({ solution: null });
    expect(literature.view(episode.state, 'all')).toMatchObject({ solution: { answer: task.ideal, letter } });
    const args = { has_successful_answer: false };
    episode.apply({ seats: { 0: [{ id: 'a', name: 'complete', args }] } });
    expect(literature.view(episode.state, 0)).toMatchObject({ solution: { answer: task.ideal, letter } });
  });
});

const ROW = {
  id: 'a1',
  question: 'Which gene?',
  ideal: 'zrfA',
  distractors: ['zrfB', 'zrfC'],
  canary: 'LAB-BENCH',
  tag: 'litqa',
  version: '1.1-dev',
  sources: ['https://doi.org/10.0000/abc'],
  is_opensource: true,
  subtask: 'LitQA2',
  'key-passage': 'ZrfA does it.',
};

// SEE: huggingface.co/datasets/futurehouse/lab-bench, configuration LitQA2, for the fields of a row.
describe('rows as LitQA2 has them', () => {
  const file = (rows: readonly string[], name = 'litqa-v2-public.jsonl') => ({
    name,
    bytes: new TextEncoder().encode(rows.join('\n')),
  });
  const lines = [
    JSON.stringify(ROW),
    'no json',
    JSON.stringify({ ...ROW, id: 'a3', ideal: undefined }),
    JSON.stringify({ ...ROW, id: 'a4', distractors: ['zrfB', 'ZRFA'] }),
    JSON.stringify({ ...ROW, id: 'a5', distractors: [] }),
    JSON.stringify({ ...ROW, id: 'a6', sources: undefined }),
    'null',
    '',
  ];

  it("become tasks over the reader's own papers, and bad ones are reported by number", () => {
    const { tasks, bad } = readLitQa(file(lines));
    expect(tasks.map(({ id, split, papers, sources }) => [id, split, papers, sources])).toEqual([
      ['a1', 'val', null, ROW.sources],
      ['a6', 'val', null, []],
    ]);
    expect(bad.map(({ row, reason }) => `${row}: ${reason}`)).toMatchInlineSnapshot(`
      [
        "2: not JSON",
        "3: ideal: Invalid input: expected string, received undefined",
        "4: distractors: every option must differ from all others (got ["zrfB","ZRFA"])",
        "5: distractors: Too small: expected array to have >=1 items (got [])",
        "7: Invalid input: expected object, received null (got null)",
      ]
    `);
    expect(optionsOf(tasks[0] as LiteratureTask).sort()).toEqual([UNSURE, 'zrfA', 'zrfB', 'zrfC']);
  });

  it('are read from a list as well, and are test in a file of that name', () => {
    const { tasks, bad } = readLitQa(file([JSON.stringify([ROW, 7, { ...ROW, id: 'b' }])], 'litqa-test.json'));
    expect(tasks.map(({ id, split }) => [id, split])).toEqual([
      ['a1', 'test'],
      ['b', 'test'],
    ]);
    expect(bad.map(({ row }) => row)).toEqual([2]);
  });

  it.each([
    ['PAR1xxxx', /JSON lines/],
    ['[{]', /begins like a JSON list/],
    ['', /empty/],
  ])('%j is refused as a whole', (text, reason) => expect(() => readLitQa(file([text]))).toThrow(reason));

  it('give configurations that play', async () => {
    const { tasks } = (await literature.tasks?.read?.(file(lines))) ?? { tasks: [] };
    expect(tasks).toHaveLength(2);
    for (const { config } of tasks)
      expect(readConfig(literature.spec, { set: config })).toMatchObject({ given: { kind: 'litqa2' } });
  });
});

describe('a configuration', () => {
  const own = { question: 'Why?', ideal: 'so', distractors: ['no'] };
  it.each([
    ['a task beyond its split', { split: 'val', task: 1000 }, /task.*0 to 999/],
    ['a task and a given one', { task: 1, given: own }, /not both/],
    ['two options alike', { given: { ...own, distractors: ['So'] } }, /differ/],
    [
      'a key twice',
      {
        given: {
          ...own,
          papers: [
            { key: 'a', title: 'T', text: '' },
            { key: 'a', title: 'U', text: '' },
          ],
        },
      },
      /key of its own/,
    ],
    ['an empty shelf', { given: { ...own, papers: [] } }, /papers/],
  ])('is refused with %s', (_, set, field) => {
    expect(() => readConfig(literature.spec, { set })).toThrow(field);
  });
});
