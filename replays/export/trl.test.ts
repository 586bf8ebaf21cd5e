import { describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import type { AgentFactory, Decision, Message } from '../../src/core/agent.js';
import { readAnswer } from '../../src/core/answers.js';
import { runEpisode } from '../../src/core/play.js';
import { choice } from '../../src/core/space.js';
import { ANNOTATIONS, type Grade } from '../annotations.js';
import { type ExportedEpisode, USUAL } from '../format.js';
import { format, formats } from '../formats.js';
import { parseRecord } from '../read.js';
import { Recorder } from '../recorder.js';
import type { EpisodeRecord } from '../schema.js';
import { turnsOf } from '../turns.js';

const SENT: readonly Message[] = [
  { role: 'system', content: 'You play poker.' },
  { role: 'user', content: 'You hold the king and are called upon.' },
];

const SAID = '<think>Too much.</think> <answer>fold</answer>';

/** A player that moves without a word, and one whose words came from a model. */
const silent: AgentFactory = () => ({ manifest: { agent: 'silent' }, act: () => ({ move: 'bet' }) });
const spoken: AgentFactory = () => ({
  manifest: { agent: 'spoken' },
  act: (): Decision => ({
    reply: { text: SAID },
    calls: [
      { model: 'm', parameters: {}, messages: [...SENT], reply: SAID, usage: null, tokens: null, logprobs: null },
    ],
  }),
});

/** Player 0 bets in silence, player 1 folds in words. */
async function recorded(): Promise<EpisodeRecord> {
  const config = { players: 2 };
  const recorder = new Recorder({ environment: kuhn, config, seed: 7 });
  let line = '';
  await runEpisode({ environment: kuhn, config, agents: [silent, spoken], seed: 7, hash: true }, (progress) => {
    if (progress.kind === 'started') recorder.begin(progress);
    else if (progress.kind === 'step') recorder.step(progress);
    else line = recorder.line(progress.ending);
  });
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(read.problem);
  return read.record;
}

const record = await recorded();
const source = { algorithm: 'by hand', exploitability: 0, policy: 'none' };
const common = { annotations: ANNOTATIONS, kind: 'grade', episode: record.id, source, state: '', scale: 4 } as const;
const GRADES: readonly Grade[] = [
  {
    ...common,
    step: 2,
    seat: 0,
    options: ['check', 'bet'],
    played: 'bet',
    probabilities: [0.7, 0.3],
    values: [-0.9, -0.93],
    cost: 0.03,
  },
  {
    ...common,
    step: 3,
    seat: 1,
    options: ['call', 'fold'],
    played: 'fold',
    probabilities: [1, 0],
    values: [2, -1],
    cost: 3,
  },
];

function episode(annotations: readonly Grade[] = GRADES, of = record): ExportedEpisode {
  const turns = turnsOf(of, kuhn).filter(({ decided }) => decided.substituted !== true);
  return { record: of, environment: kuhn, annotations, turns, seats: [] };
}

async function rows(id: string, of: ExportedEpisode, minCost: number | null = null) {
  return [...(await format(id)).rows(of, { ...USUAL, minCost })].map(({ data }) => data);
}

describe('formats', () => {
  it('are found by their files, and a wrong name is answered with the nearest', async () => {
    const found = await formats();
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(['trl-dpo', 'trl-stepwise']));
    await expect(format('trl-dpp')).rejects.toThrow('did you mean trl-dpo');
  });

  it('are files named by their ids', async () => {
    for (const { id } of await formats()) expect((await format(id)).id).toBe(id);
  });
});

describe('trl-dpo', () => {
  it('sets the best option against the mistake, under the very messages that were sent', async () => {
    expect(await rows('trl-dpo', episode())).toEqual([
      {
        prompt: SENT,
        chosen: [{ role: 'assistant', content: '<answer>call</answer>' }],
        rejected: [{ role: 'assistant', content: '<answer>fold</answer>' }],
        source: 'grade: by hand none',
      },
    ]);
  });

  it('counts from a lower cost on when told so, with the observation as prompt where no model spoke', async () => {
    const [first, ...others] = await rows('trl-dpo', episode(), 0.01);
    const [message] = (first?.prompt ?? []) as unknown as readonly Message[];
    expect(others).toHaveLength(1);
    expect(message?.role).toBe('user');
    expect(message?.content).toContain('You are player_0.');
    expect(message?.content).not.toContain('player_0 bets');
    expect(first?.chosen).toEqual([{ role: 'assistant', content: '<answer>check</answer>' }]);
  });

  it('writes answers that are read back as the moves', async () => {
    for (const row of await rows('trl-dpo', episode(), 0)) {
      const [chosen] = row.chosen as unknown as readonly { content: string }[];
      const space = choice(['check', 'bet', 'call', 'fold']);
      expect(readAnswer(kuhn.spec, space, { text: chosen?.content ?? '' }).ok).toBe(true);
    }
  });
});

describe('trl-stepwise', () => {
  it('labels each turn by whether it was a mistake, in plain strings', async () => {
    const [first, second] = await rows('trl-stepwise', episode());
    expect(first).toMatchObject({ completions: ['<answer>bet</answer>'], labels: [true] });
    expect(first?.prompt).toContain('You are player_0.');
    expect(second).toEqual({
      prompt: 'system: You play poker.\n\nuser: You hold the king and are called upon.',
      completions: ['<think>Too much.</think> <answer>fold</answer>'],
      labels: [false],
      source: 'grade: by hand none',
    });
  });
});

describe.each(['trl-dpo', 'trl-stepwise'])('%s', (id) => {
  it('leaves out what was not graded, and moves that the table made', async () => {
    expect(await rows(id, episode([]), 0)).toEqual([]);
    const steps = record.steps.map((step) =>
      step.seats?.[1] === undefined
        ? step
        : { ...step, seats: { 1: { ...step.seats[1], substituted: true as const } } },
    );
    expect(await rows(id, episode(GRADES.slice(1), { ...record, steps }), 0)).toEqual([]);
  });
});
