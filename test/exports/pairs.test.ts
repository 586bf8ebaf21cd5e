import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import calculator from '../../envs/calculator/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import negotiation from '../../envs/negotiation/index.js';
import { ANNOTATIONS, type Judgement } from '../../replays/annotations.js';
import { type ExportedEpisode, USUAL } from '../../replays/format.js';
import { format } from '../../replays/formats.js';
import { spokenRecord } from '../../replays/speaker.testing.js';
import { type OwnTurn, turnsOf } from '../../replays/turns.js';
import type { Message } from '../../src/core/agent.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import type { Move } from '../../src/core/space.js';
import { obliging } from '../llm-agents/obliging.js';
import { agentOn, models } from '../llm-agents/table.js';
import { answers } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
beforeEach(() => server.play(obliging));
afterAll(async () => {
  await server.close();
  await models.close();
});

type Better = (turn: OwnTurn) => Move;

/** A game of which a judge would rather have seen another move at every turn. */
async function judged(environment: Environment, manner: string, better: Better) {
  const config = readConfig(environment.spec, {});
  const agent = await agentOn(server, manner);
  const { seats: count } = environment.spec.facts(config);
  const record = await spokenRecord(environment, Array(count).fill(agent), 7, config);
  const turns = turnsOf(record, environment);
  const source = { model: 'judge', rubric: 'none' };
  const annotations = turns.map((turn): Judgement => {
    const { step, seat } = turn;
    const place = { annotations: ANNOTATIONS as 1, episode: record.id, step, seat };
    return { ...place, kind: 'judgement', good: false, better: better(turn), source };
  });
  const refused: string[] = [];
  const episode: ExportedEpisode = {
    record,
    environment,
    turns,
    seats: [],
    annotations,
    refuse: (why) => refused.push(why),
  };
  return { episode, turns, refused };
}

interface Pair {
  readonly chosen: readonly Message[];
  readonly rejected: readonly Message[];
  readonly prompt: Json;
}

async function pairsOf(environment: Environment, manner: string, better: Better) {
  const { episode, turns, refused } = await judged(environment, manner, better);
  const rows = [...(await format('trl-dpo')).rows(episode, { ...USUAL, toolArgs: 'string' })];
  const openai = [...(await format('openai-preference')).rows(episode, USUAL)].map(({ data }) => data);
  const pairs = rows.map(({ data }) => data as unknown as Pair);
  expect(openai.map(({ preferred_output: one, non_preferred_output: other }) => [one, other])).toEqual(
    pairs.map(({ chosen, rejected }) => [chosen, rejected]),
  );
  for (const [at, { prompt }] of pairs.entries()) expect(prompt).toEqual(rows[at]?.turns[0]?.prompt);
  return { pairs, turns, refused };
}

const other: Better = ({ space, decided }) =>
  (space.kind === 'choice' ? space.options.find(({ id }) => id !== decided.move)?.id : undefined) ?? null;
const said = ({ content }: Message): Json => JSON.parse(content as string) as Json;

describe('both answers of a pair are written as the call wanted its own', () => {
  it('of an enumerated choice', async () => {
    const { pairs, turns } = await pairsOf(kuhn, '', other);
    expect(pairs).toHaveLength(turns.length);
    for (const [at, { chosen, rejected }] of pairs.entries()) {
      const turn = turns[at] as OwnTurn;
      expect([chosen, rejected].map(([one]) => said(one as Message))).toEqual([
        { answer: other(turn) },
        { answer: turn.decided.move },
      ]);
      expect(rejected).toEqual([turn.completion]);
    }
  });

  it('of a choice with a thought before it: the field stays and says nothing', async () => {
    const { pairs, turns } = await pairsOf(kuhn, ',style=chain-of-thought', other);
    const [first] = pairs;
    expect([first?.chosen, first?.rejected].map((list) => said(list?.[0] as Message))).toEqual([
      { thought: '', answer: other(turns[0] as OwnTurn) },
      { thought: '', answer: turns[0]?.decided.move },
    ]);
    expect(Object.keys(said(turns[0]?.completion as Message) as object)).toEqual(['thought', 'answer']);
  });

  it('of a choice in words', async () => {
    const { pairs } = await pairsOf(kuhn, ',answers=words', other);
    expect([pairs[0]?.chosen, pairs[0]?.rejected]).toEqual([
      [{ role: 'assistant', content: '<answer>bet</answer>' }],
      [{ role: 'assistant', content: '<answer>check</answer>' }],
    ]);
  });

  it('of a form, and of speech in words beside it', async () => {
    const better: Better = ({ space }) => (space.kind === 'text' ? 'Fair is fair.' : { act: 'walk away' });
    const { pairs, turns, refused } = await pairsOf(negotiation, '', better);
    expect(refused).toEqual([]);
    const forms = turns.flatMap(({ space }, at) => (space.kind === 'form' ? [at] : []));
    expect(forms.length).toBeGreaterThan(0);
    for (const at of forms) {
      expect(said(pairs[at]?.chosen[0] as Message)).toEqual({ act: 'walk away' });
      expect(said(pairs[at]?.rejected[0] as Message)).toEqual(turns[at]?.decided.move);
    }
    const [first] = pairs;
    expect(first?.chosen).toEqual([{ role: 'assistant', content: '<answer>Fair is fair.</answer>' }]);
  });

  it('of tool calls', async () => {
    const made = { id: 'call_0', name: 'submit_answer', args: { answer: '2' } };
    server.play(() =>
      answers({ text: 'Let me see.', calls: [{ name: 'submit_answer', arguments: '{"answer": "3"}' }] }),
    );
    const { pairs } = await pairsOf(calculator, '', () => [made]);
    const call = (answer: string) => ({
      role: 'assistant',
      content: '',
      tool_calls: [{ id: 'call_0', type: 'function', function: { name: 'submit_answer', arguments: answer } }],
    });
    expect(pairs).toEqual([
      expect.objectContaining({ chosen: [call('{"answer":"2"}')], rejected: [call('{"answer":"3"}')] }),
    ]);
  });
});

describe('no pair is made', () => {
  it('of a move that the prompt did not offer, though it was legal', async () => {
    const { pairs, refused } = await pairsOf(kuhn, '', () => 'fold everything');
    expect(pairs).toEqual([]);
    expect(new Set(refused)).toEqual(new Set(['the better answer is none to the prompt that was sent']));
  });

  it('of an answer that could not be played', async () => {
    const { pairs, refused } = await pairsOf(negotiation, '', () => ({ act: 'dance' }));
    expect(pairs).toEqual([]);
    expect(refused).toContain('the better answer is none that could be played');
  });
});

describe('of several calls, the answer is the one that said what was played', () => {
  it('and not a rating that came after it, nor a vote that was lost', async () => {
    for (const manner of [',best=2', ',votes=3', ',votes=3,style=recon', ',best=2,style=chain-of-thought']) {
      let asked = 0;
      server.play((request) => {
        const schema = JSON.stringify(request.body?.response_format ?? '');
        if (!schema.includes('"check"')) return obliging(request);
        const answer = ['check', 'check', 'bet'][asked++ % 3];
        const thought = schema.includes('"thought"') ? '"thought": "I see.", ' : '';
        return answers(`{${thought}"answer": "${answer}"}`);
      });
      const { turns } = await pairsOf(kuhn, manner, other);
      for (const { completion, decided } of turns) {
        expect((said(completion) as { answer: Json }).answer, manner).toBe(decided.move);
      }
    }
  });
});
