import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import random from '../../agents/random.js';
import calculator from '../../envs/calculator/index.js';
import connectFour from '../../envs/connect-four/index.js';
import werewolf from '../../envs/werewolf/index.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import { type PlayedStep, runEpisode, type Table } from '../../src/core/play.js';
import type { RngState } from '../../src/core/rng.js';
import type { Asked } from '../model-server/asked.js';
import { answers, type Behaviour, fails, silent } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { messagesOf, obliging } from './obliging.js';
import { agentOn, models } from './table.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  await models.close();
});

const anybody = random.open('') as AgentFactory;

/** A number that depends on nothing but the request. */
function lot(asked: Asked, of: number): number {
  return createHash('sha256').update(asked.raw).digest().readUInt32BE() % of;
}

/** NOTE: whole prompts in a failed comparison are read by nobody. */
function digest(body: string): string {
  const last = body.slice(body.lastIndexOf('"role"'), body.lastIndexOf('"role"') + 160);
  return `${createHash('sha256').update(body).digest('hex').slice(0, 12)} ${body.length} ${last}`;
}

/** The same for the same request, whatever came before it. */
function steady(asked: Asked): Behaviour {
  return obliging({ ...asked, index: lot(asked, 1000) });
}

/** Answers by the request alone: mostly as asked, with a thought of its own, now and then badly. */
function moody(asked: Asked): Behaviour {
  if (lot(asked, 5) === 0) return answers(`No idea (${lot(asked, 1000)}).`);
  return steady(asked);
}

/** Uses the calculator a few times, then submits; now and then badly. */
function reckons(asked: Asked): Behaviour {
  const told = messagesOf(asked).length;
  if (lot(asked, 4) === 0) return answers('I reckon it is 2.');
  const call = { name: 'calculator', arguments: `{"expr": "${told}+${lot(asked, 9)}"}` };
  return answers({ text: 'Hm.', calls: [told < 8 ? call : { name: 'submit_answer', arguments: '{"answer": "2"}' }] });
}

/** Takes no schemas. */
function plain(asked: Asked): Behaviour {
  return asked.body?.response_format === undefined ? moody(asked) : fails(400, 'response_format is not supported');
}

interface Game {
  readonly environment: Environment;
  readonly set?: { [path: string]: Json };
  readonly others: number;
  readonly turnMs?: number;
}

const CONNECT: Game = { environment: connectFour, others: 1 };
const WEREWOLF: Game = { environment: werewolf, set: { maxRounds: 2 }, others: 6 };
const CALCULATOR: Game = { environment: calculator, others: 0 };

/** A game as far as it was played, with where its dice stood after each step, as a journal keeps it. */
interface Kept {
  readonly steps: PlayedStep[];
  readonly streams: { readonly [label: string]: RngState }[];
  /** Requests that came before each step. */
  readonly asked: number[];
}

async function game(what: Game, rest: string, past?: Table['past'], model?: AgentFactory): Promise<Kept> {
  const { environment, set = {}, others, turnMs } = what;
  const agents = [model ?? (await agentOn(server, rest)), ...new Array<AgentFactory>(others).fill(anybody)];
  const limits = turnMs === undefined ? {} : { limits: { turnMs } };
  const config = readConfig(environment.spec, { set });
  const rule = { seed: 3, tries: 3, onFailure: 'substitute' as const };
  const kept: Kept = { steps: [], streams: [], asked: [] };
  const table = { environment, config, agents, ...rule, ...limits, ...(past === undefined ? {} : { past }) };
  await runEpisode(table, (progress) => {
    if (progress.kind !== 'step') return;
    kept.steps.push(progress.step);
    kept.streams.push(Object.fromEntries([...progress.streams].map(([label, rng]) => [label, rng.state()])));
    kept.asked.push(server.received.length);
  });
  return kept;
}

/** The past of a game that was cut off after a step, through the JSON of a journal. */
function cutAfter({ steps, streams }: Kept, at: number): NonNullable<Table['past']> {
  return JSON.parse(JSON.stringify({ steps: steps.slice(0, at + 1), streams: streams[at] }));
}

const bodies = (from = 0) => server.received.slice(from).map(({ raw }) => raw);
/** The steps at which the agent acted, but for the last of them: after each of these more is asked. */
const turnsOf = ({ steps }: Kept) =>
  steps.flatMap(({ seats }, at) => (seats?.[0] === undefined ? [] : [at])).slice(0, -1);

const GAMES: [string, string, Game, (asked: Asked) => Behaviour][] = [
  ['one question', '', CONNECT, moody],
  ['words', ',answers=words', CONNECT, moody],
  ['three questions', ',style=recon', CONNECT, moody],
  ['thoughts that stay', ',style=react', CONNECT, moody],
  ['thoughts that go', ',style=chain-of-thought', CONNECT, moody],
  ['candidates', ',style=deduce-and-diversify', WEREWOLF, moody],
  ['atomic actions', ',style=atomic', WEREWOLF, moody],
  ['a window', ',memory=window:2', CONNECT, moody],
  ['notes', ',memory=summary:1', CONNECT, moody],
  ['notes of candidates', ',memory=summary:2,style=deduce-and-diversify:2', WEREWOLF, moody],
  ['patience', ',patience=2', CONNECT, moody],
  ['votes', ',votes=3', CONNECT, moody],
  ['the best', ',best=2,style=recon', CONNECT, moody],
  ['tools', '', CALCULATOR, reckons],
  ['a stated size', ',contextTokens=900,maxTokens=64', CONNECT, moody],
  ['a refused schema', '', CONNECT, plain],
  ['a refused schema, and notes', ',memory=summary:1,style=react', CONNECT, plain],
  [
    'a size that was learnt',
    '',
    CONNECT,
    (asked) => (asked.raw.length > 4_000 ? fails(400, 'too long') : moody(asked)),
  ],
];

describe('a game that was cut off asks what it would have asked', () => {
  it.each(GAMES)('%s', async (_, rest, what, script) => {
    server.play(script);
    const whole = await game(what, rest);
    const undisturbed = bodies();
    const turns = turnsOf(whole);
    expect(turns.length).toBeGreaterThan(0);
    for (const cut of new Set([turns[0], turns[Math.floor(turns.length / 2)], turns.at(-1)])) {
      server.play(script);
      const again = await game(what, rest, cutAfter(whole, cut as number));
      expect(bodies().map(digest)).toEqual(undisturbed.slice(whole.asked[cut as number]).map(digest));
      expect(bodies().length).toBeGreaterThan(0);
      expect(again.steps).toEqual(whole.steps);
    }
  });

  it.each([
    ['of the table', '', { ...CONNECT, turnMs: 300 }, [1, 2]],
    ['of its own', ',timeoutMs=300,patience=2', CONNECT, [1, 2]],
    ['of the table, between questions', ',style=recon', { ...CONNECT, turnMs: 300 }, [1, 4]],
  ] as [string, string, Game, number[]][])('after answers too late by a limit %s', async (_, rest, what, late) => {
    server.play((asked) => (late.includes(asked.index) ? silent() : steady(asked)));
    const whole = await game(what, rest);
    const undisturbed = bodies();
    const cut = turnsOf(whole).find((at) => (whole.asked[at] as number) > Math.max(...late)) as number;
    server.play(steady);
    await game(what, rest, cutAfter(whole, cut));
    expect(bodies().map(digest)).toEqual(undisturbed.slice(whole.asked[cut]).map(digest));
    expect(bodies().length).toBeGreaterThan(0);
  });

  it('after another game had found out that schemas are refused', async () => {
    server.play(plain);
    const model = await agentOn(server);
    await game(CONNECT, '', undefined, model);
    server.play(plain);
    const whole = await game(CONNECT, '', undefined, model);
    const undisturbed = bodies();
    expect(undisturbed.filter((body) => body.includes('response_format'))).toEqual([]);
    const cut = turnsOf(whole)[1] as number;
    server.play(plain);
    await game(CONNECT, '', cutAfter(whole, cut));
    expect(bodies().map(digest)).toEqual(undisturbed.slice(whole.asked[cut]).map(digest));
  });
});
