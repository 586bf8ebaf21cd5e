import { describe, expect, it } from 'vitest';
import random from '../../agents/random.js';
import scripted from '../../agents/scripted.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { readConfig } from '../../src/core/config.js';
import { Episode } from '../../src/core/episode.js';
import { runEpisode } from '../../src/core/play.js';
import { readHotpot } from './dataset.js';
import { generated } from './encyclopedia/generate.js';
import multiHop from './index.js';
import { find } from './pages.js';
import { normalised } from './scoring.js';

const some = Array.from({ length: 400 }, (_, at) => generated(`test_${at}`, 'test'));

describe('the embedded questions', () => {
  it('are as many as the splits say, and all different', () => {
    expect(multiHop.tasks?.sizes).toEqual({ train: 8000, val: 1000, test: 1000 });
    expect(new Set(some.map(({ question }) => question)).size).toBe(some.length);
  });

  it('come in every kind, as often yes as no', () => {
    const count = (kind: string) => some.filter((task) => task.kind === kind).length;
    for (const kind of ['bridge 2', 'bridge 3', 'bridge 4', 'comparison', 'yes or no'])
      expect(count(kind)).toBeGreaterThan(30);
    const yes = some.filter(({ answer }) => answer === 'yes').length;
    expect(Math.abs(yes / count('yes or no') - 0.5)).toBeLessThan(0.2);
  });

  it('do not hold their answer, and neither does the first article', () => {
    for (const { kind, question, answer, supports, articles } of some.filter((task) => task.kind !== 'yes or no')) {
      expect([kind, question.includes(answer)]).toEqual([kind, false]);
      const first = articles.find(({ title }) => title === supports[0]);
      expect(first?.sentences.join(' ')).not.toContain(answer);
    }
  });

  it('name the articles they take, at least one for each hop', () => {
    for (const { kind, supports, articles } of some) {
      const hops = kind === 'comparison' || kind === 'yes or no' ? 4 : Number(kind.slice(-1));
      expect(supports.length).toBeGreaterThanOrEqual(hops);
      for (const title of supports) expect(articles.filter((article) => article.title === title)).toHaveLength(1);
    }
  });

  it('have titles of their own, and names that several share', () => {
    for (const task of some.slice(0, 50)) {
      expect(new Set(task.articles.map(({ title }) => normalised(title))).size).toBe(task.articles.length);
      const names = task.articles.map(({ title }) => title.replace(/ \(.*\)$/, ''));
      const shared = new Set(names.filter((name, at) => names.indexOf(name) < at));
      expect(shared.size).toBeGreaterThanOrEqual(3 + 4 + 4);
      for (const name of shared) expect(find(task, name).kind).toBe('ambiguous');
    }
  });

  it('are the same every time', () => {
    const { question, answer, supports, articles } = generated('val_0', 'val');
    expect({ question, answer, supports, first: articles[0] }).toMatchInlineSnapshot(`
      {
        "answer": "1924",
        "first": {
          "sentences": [
            "Ada Ravavik was a director.",
            "She was taught by the composer Ilda Braninvik.",
            "Born in 1888, she came from Falanburg.",
            "A street in Ravuburg bears the name.",
            "She was fond of long walks.",
            "She studied at Quenolgate University.",
            "She held shares in Quenolstone Works.",
          ],
          "title": "Ada Ravavik (director)",
        },
        "question": "In which year did the novel on which the film "The Second Letter" is based come out?",
        "supports": [
          "The Second Letter (film)",
          "The Second Letter (novel)",
        ],
      }
    `);
  });
});

async function mean(agent: AgentFactory, tasks: number): Promise<number> {
  let sum = 0;
  for (let task = 0; task < tasks; task++) {
    const config = readConfig(multiHop.spec, { set: { split: 'test', task } });
    const { returns } = await runEpisode({ environment: multiHop, config, seed: `7/${task}`, agents: [agent] });
    sum += returns?.[0] ?? 0;
  }
  return sum / tasks;
}

describe('players on embedded questions', () => {
  it('oracle, which reads words alone, answers all', async () =>
    expect(await mean(await scripted.open('oracle'), 400)).toBe(1));

  // NOTE: half of the questions of yes or no, 0.15 of all, are right by chance; 0.04 is three standard errors.
  it('keyword, which opens one article, stays at chance', async () => {
    expect(await mean(await scripted.open('keyword'), 400)).toBeLessThan(0.075 + 0.04);
  });

  it('random stays below', async () => expect(await mean(await random.open(''), 400)).toBeLessThan(0.075 + 0.04));
});

describe('before the end', () => {
  it('what is shown is the same whatever the answer is', () => {
    for (const task of some.slice(0, 60)) {
      const seen = (answer: string) => {
        const set = { given: { ...task, answer, supports: [] } };
        const episode = new Episode(multiHop, readConfig(multiHop.spec, { set }));
        episode.apply({ chance: task.id });
        const calls = [task.supports[0] ?? '', 'The Glass Tide'].map((entity, at) => ({
          id: `c${at}`,
          name: 'search',
          args: { entity },
        }));
        episode.apply({ seats: { 0: [...calls, { id: 'd', name: 'lookup', args: { keyword: 'in' } }] } });
        return JSON.stringify([
          episode.log,
          episode.turn,
          multiHop.view(episode.state, 0),
          multiHop.view(episode.state, 'public'),
        ]);
      };
      expect(seen('xyzzy')).toBe(seen(task.answer));
      if (task.kind !== 'yes or no') expect(seen(task.answer)).not.toContain(task.answer);
    }
  });
});

const ROW = {
  _id: '5a8b',
  question: 'Were Scott and Ed of the same nationality?',
  answer: 'yes',
  type: 'comparison',
  level: 'hard',
  supporting_facts: [
    ['Scott', 0],
    ['Ed', 0],
    ['Ed', 1],
  ],
  context: [
    ['Ed', ['Ed was American.', ' He made films.']],
    ['Scott', ['Scott is American.', '']],
    ['Ed', ['Again Ed.']],
  ],
};

// SEE: hotpotqa.github.io for the fields of a question.
describe('questions as HotPotQA has them', () => {
  const file = (value: unknown, name = 'hotpot_dev_distractor_v1.json') => ({
    name,
    bytes: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
  });
  const rows = [
    ROW,
    { ...ROW, _id: 'b', answer: undefined },
    7,
    { ...ROW, _id: 'd', context: [] },
    { ...ROW, _id: 'e', answer: 'The' },
    { ...ROW, _id: 'f' },
  ];

  it('become tasks whose context is the encyclopedia, and bad ones are reported by number', () => {
    const { tasks, bad } = readHotpot(file(rows));
    expect(tasks.map(({ id, split, kind }) => [id, split, kind])).toEqual([
      ['5a8b', 'val', 'comparison, hard'],
      ['f', 'val', 'comparison, hard'],
    ]);
    expect(tasks[0]).toMatchObject({
      articles: [
        { title: 'Ed', sentences: ['Ed was American.', 'He made films.', 'Again Ed.'] },
        { title: 'Scott', sentences: ['Scott is American.'] },
      ],
      supports: ['Scott', 'Ed'],
    });
    expect(bad.map(({ row, reason }) => `${row}: ${reason}`)).toMatchInlineSnapshot(`
      [
        "2: answer: no answer, as in the test file; it cannot be graded",
        "3: Invalid input: expected object, received number (got 7)",
        "4: context: Too small: expected array to have >=1 items (got [])",
        "5: answer: nothing is left of it to be compared (got "The")",
      ]
    `);
  });

  it('are of the split that the name of the file tells', () => {
    const split = (name: string) => readHotpot(file([ROW], name)).tasks[0]?.split;
    expect(
      ['hotpot_train_v1.1.json', 'hotpot_dev_fullwiki_v1.json', 'hotpot_test_fullwiki_v1.json'].map(split),
    ).toEqual(['train', 'val', 'test']);
  });

  it.each([
    ['no json', /is not JSON/],
    ['{}', /no JSON list/],
  ])('%j is refused as a whole', (text, reason) => {
    expect(() => readHotpot(file(text))).toThrow(reason);
  });

  it('give configurations that play', async () => {
    const read = await multiHop.tasks?.read?.(file(rows));
    for (const { config } of read?.tasks ?? []) {
      const whole = readConfig(multiHop.spec, { set: config });
      const ending = await runEpisode({
        environment: multiHop,
        config: whole,
        seed: 1,
        agents: [await scripted.open('')],
      });
      expect(ending.outcome).toBe('wrong answer');
    }
  });
});

describe('a configuration', () => {
  const own = { question: 'Why?', answer: 'so', articles: [{ title: 'A', sentences: [] }] };
  it.each([
    ['a task beyond its split', { split: 'val', task: 1000 }, /task.*0 to 999/],
    ['a task and a given one', { task: 1, given: own }, /not both/],
    ['two articles of one title', { given: { ...own, articles: [...own.articles, ...own.articles] } }, /title "A"/],
    ['an answer of nothing', { given: { ...own, answer: 'The.' } }, /nothing is left/],
    ['a weight below 0', { 'weights.f1': -1 }, /weights\.f1/],
  ])('is refused with %s', (_, set, field) => {
    expect(() => readConfig(multiHop.spec, { set })).toThrow(field);
  });
});
