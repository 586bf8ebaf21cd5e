import { describe, expect, it } from 'vitest';
import random from '../../agents/random.js';
import scripted from '../../agents/scripted.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { readConfig } from '../../src/core/config.js';
import { runEpisode } from '../../src/core/play.js';
import { embedded, problemOf, readGsm8k, SPLITS, type Split } from './dataset.js';
import calculator from './index.js';
import { TEMPLATES } from './problems.js';
import { planFor } from './solver.js';

const splits = Object.keys(SPLITS) as Split[];
const all = splits.flatMap(embedded);

describe('the embedded problems', () => {
  it('are as many as the splits say, under ids of split and number', () => {
    expect(all.length).toBe(10_000);
    expect(embedded('val')[17]).toEqual({ id: 'val_17', split: 'val', config: { split: 'val', task: 17 } });
  });

  it('are all different, also between splits', () => {
    expect(new Set(all.map(({ id }) => problemOf(id).question)).size).toBe(all.length);
  });

  it('have whole answers that are not negative', () => {
    const odd = all.filter(({ id }) => !(Number.isSafeInteger(problemOf(id).answer) && problemOf(id).answer >= 0));
    expect(odd).toEqual([]);
  });

  it('come in every kind, each with a plan of several steps', () => {
    const plans = all.map(({ id }) => planFor(problemOf(id).question) ?? []);
    const kinds = new Set(plans.map((plan) => plan.join('; ').replace(/(?<!#)\d+/g, 'n')));
    expect(kinds.size).toBe(TEMPLATES.length);
    expect(Math.min(...plans.map((plan) => plan.length))).toBeGreaterThan(1);
  });

  it('are the same every time: the first of each split', () => {
    expect(splits.map((split) => problemOf(`${split}_0`))).toMatchInlineSnapshot(`
      [
        {
          "answer": 2971,
          "question": "Greta earns 45 dollars an hour and works 9 hours a day for 9 days. Then Greta buys a lamp for 674 dollars. How many dollars are left?",
        },
        {
          "answer": 770,
          "question": "Jonas reads 54 pages a day for 3 days, then twice as many pages a day for 5 days, and has 68 pages left. How many pages does the book have?",
        },
        {
          "answer": 6,
          "question": "Femi picks 1 baskets of 33 pears each and gives 15 pears to Jonas. The rest goes into bags of 3 pears. How many bags does Femi fill?",
        },
      ]
    `);
  });
});

async function mean(agent: AgentFactory, tasks: number): Promise<number> {
  let sum = 0;
  for (let task = 0; task < tasks; task++) {
    const config = readConfig(calculator.spec, { set: { split: 'test', task } });
    const { returns } = await runEpisode({ environment: calculator, config, seed: `7/${task}`, agents: [agent] });
    sum += returns?.[0] ?? Number.NaN;
  }
  return sum / tasks;
}

describe('players on the 1,000 test problems', () => {
  it('oracle, which sees the words alone, solves all', async () => {
    expect(await mean(await scripted.open('oracle'), 1000)).toBe(1);
  });

  it('sloppy and random solve next to none', async () => {
    expect(Math.abs(await mean(await scripted.open('sloppy'), 1000))).toBeLessThan(0.02);
    expect(Math.abs(await mean(await random.open(''), 1000))).toBeLessThan(0.02);
  });
});

const LINES = [
  '{"question": "Two and two?", "answer": "2+2=<<2+2=4>>4\\n#### 4"}',
  '{"question": "A thousand and fifty times two?", "answer": "1,050*2=2,100\\n#### 2,100"}',
  'no json',
  '{"question": "Half of one?", "answer": "#### 0.5"}',
  '{"question": "No mark?", "answer": "7"}',
  '{"question": "Minus?", "answer": "#### -12"}',
  '{"question": "No number?", "answer": "#### many"}',
  '{"answer": "#### 3"}',
  'null',
];

// SEE: openai/gsm8k "main" for the form of a line; aviary.gsm8k for ids, and val as the rows 0, 5, 10, ... of train.
describe('lines as GSM8K has them', () => {
  it('become tasks, and bad ones are reported with their number', () => {
    const { tasks, bad } = readGsm8k(`${LINES.join('\n')}\n`, 'train');
    expect(tasks.map(({ id }) => id)).toEqual(['val_0', 'train_1', 'train_3', 'val_5']);
    expect(tasks.map(({ config }) => (config.problem as { answer: number }).answer)).toEqual([4, 2100, 0.5, -12]);
    expect(bad.map(({ row, reason }) => `${row}: ${reason}`)).toMatchInlineSnapshot(`
      [
        "3: not JSON",
        "5: the answer has no "#### " before its number",
        "7: "many" after "#### " is not a number",
        "8: no "question" with a text",
        "9: no "question" with a text",
      ]
    `);
  });

  it('all belong to test when the file is test', () => {
    const { tasks } = readGsm8k(LINES.join('\r\n'), 'test');
    expect(tasks.map(({ id }) => id)).toEqual(['test_0', 'test_1', 'test_3', 'test_5']);
  });

  it('give configurations that play', async () => {
    for (const { id, config } of readGsm8k(LINES.join('\n'), 'train').tasks) {
      const whole = readConfig(calculator.spec, { set: config });
      const ending = await runEpisode({
        environment: calculator,
        config: whole,
        seed: id,
        agents: [await scripted.open('')],
      });
      expect(ending.outcome).toBe('wrong answer');
    }
  });
});
