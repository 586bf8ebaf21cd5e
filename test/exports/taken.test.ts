import { afterAll, beforeAll, expect, it } from 'vitest';
import scripted from '../../agents/scripted.js';
import goofspiel from '../../envs/goofspiel/index.js';
import { spokenRecord } from '../../replays/speaker.testing.js';
import { callsOf, takenCalls } from '../../replays/taken.js';
import { type OwnTurn, turnsOf } from '../../replays/turns.js';
import type { AgentFactory, ModelCall } from '../../src/core/agent.js';
import { lastOf, messagesOf } from '../llm-agents/obliging.js';
import { agentOn, models } from '../llm-agents/table.js';
import type { Asked } from '../model-server/asked.js';
import { answers, type Behaviour, fails } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  await models.close();
});

const NOTES = 'Write the new notes and nothing else.';
const anybody = scripted.open('') as AgentFactory;
const saidIn = ({ reply }: ModelCall): string => (reply as { content: string }).content;
const notesOf = ({ messages }: ModelCall): boolean => String(messages.at(-1)?.content).includes(NOTES);
const bids = (asked: Asked): string[] => [...lastOf(asked).matchAll(/- (bid \d+)/g)].map(([, bid]) => bid as string);

/** The own turns of a game of Goofspiel that an agent plays in words. */
async function turns(settings: string, script: (asked: Asked) => Behaviour): Promise<OwnTurn[]> {
  server.play(script);
  const agents = [await agentOn(server, `,answers=words,${settings}`), anybody];
  return turnsOf(await spokenRecord(goofspiel, agents, 7), goofspiel).filter(({ seat }) => seat === 0);
}

it('of several who vote in words, each by notes of its own, only the one who is followed is taken', async () => {
  const own = await turns('votes=3,memory=summary:1', (asked) => {
    if (lastOf(asked).includes(NOTES)) return answers(`Notes ${asked.index}.`);
    const options = bids(asked);
    return answers(`<answer>${options[asked.index % 3 === 0 ? 0 : options.length - 1]}</answer>`);
  });
  let noted = 0;
  for (const turn of own) {
    const taken = takenCalls(turn);
    const [answer, ...others] = taken.filter((call) => !notesOf(call));
    expect(others).toEqual([]);
    expect(answer).toBe(turn.call);
    expect(saidIn(answer as ModelCall)).toBe(`<answer>${turn.decided.move as string}</answer>`);
    for (const note of taken.filter(notesOf)) {
      noted++;
      expect(JSON.stringify(answer?.messages)).toContain(saidIn(note));
    }
    expect(turn.decided.calls?.length).toBeGreaterThan(taken.length);
  }
  expect(noted).toBeGreaterThan(1);
});

const lastBid = ({ raw }: Asked): string => [...raw.matchAll(/- (bid \d+)/g)].at(-1)?.[1] ?? '';

/** A server that spoils the first answer of every turn, and finds the prompt of the second try too long. */
function narrow(asked: Asked): Behaviour {
  if (!/left\.$/.test(lastOf(asked))) return answers('I am not sure yet.');
  const tooLong = messagesOf(asked).length > 7;
  return tooLong
    ? fails(400, "This model's maximum context length is 1024 tokens.")
    : answers(`<answer>${lastBid(asked)}</answer>`);
}

const leftOut = (call: ModelCall | null | undefined) => Number(call?.parameters.turnsLeftOut ?? 0);

it.each([
  ['by the agent itself', 'patience=2,memory=full'],
  ['by the table', 'memory=full'],
])('an answer that was refused %s is not taken, though the next prompt was shortened', async (_, settings) => {
  const own = await turns(settings, narrow);
  expect(own.some((turn) => leftOut(turn.call) > leftOut(callsOf(turn)[0]))).toBe(true);
  for (const turn of own) {
    expect(callsOf(turn).length).toBeGreaterThan(1);
    expect(takenCalls(turn)).toEqual([turn.call]);
    expect(saidIn(turn.call as ModelCall)).toBe(`<answer>${turn.decided.move as string}</answer>`);
  }
});

it('patience: the views of a turn and the answer that was played are taken, the refused one is not', async () => {
  const own = await turns('patience=2,style=recon', (asked) => {
    if (lastOf(asked).includes('No answer could be read')) return answers(`<answer>${lastBid(asked)}</answer>`);
    return answers(bids(asked).length === 0 ? `View ${asked.index}.` : 'bid them all');
  });
  for (const turn of own) {
    expect(turn.decided.calls).toHaveLength(4);
    const said = [/^View/, /^View/, new RegExp(`^<answer>${turn.decided.move as string}</answer>$`)];
    expect(takenCalls(turn).map(saidIn)).toEqual(said.map((words) => expect.stringMatching(words)));
  }
});
