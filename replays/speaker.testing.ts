/**
 * Agents for tests that speak as if a model had: what they send and get is written out with every character a token.
 */
import type { ActRequest, AgentFactory, Decision, Message, ModelCall } from '../src/core/agent.js';
import { print } from '../src/core/answers.js';
import { type Environment, seatName } from '../src/core/environment.js';
import type { JsonObject } from '../src/core/json.js';
import { runEpisode } from '../src/core/play.js';
import type { Seed } from '../src/core/rng.js';
import { sample, type ToolCall } from '../src/core/space.js';
import { parseRecord } from './read.js';
import { Recorder } from './recorder.js';
import type { EpisodeRecord } from './schema.js';

export interface Manner {
  /** Whether a call sends all that was said before, or only what is asked now. */
  readonly memory: 'full' | 'none';
  /** Whether the server gave ids and log probabilities. */
  readonly ids: boolean;
  /** Turns of which the first try is no answer. */
  readonly stumbles?: readonly number[];
  /** Turns at which two candidates are asked for and the second is taken. */
  readonly candidates?: readonly number[];
}

/** A speaker of a table with choices: it says which option it takes, drawn from its stream. */
export function speaker(manner: Manner): AgentFactory {
  return ({ environment, seat }) => {
    const past: Message[] = [{ role: 'system', content: `You are ${seatName(seat)}.` }];
    let turn = -1;
    const ask = (request: ActRequest): Decision => {
      if (request.attempt === 1) turn++;
      if (manner.memory === 'none') past.splice(1);
      past.push({ role: 'user', content: request.refused?.text ?? request.text });
      const stumbles = request.attempt === 1 && manner.stumbles?.includes(turn) === true;
      const said = () =>
        stumbles ? 'Hm.' : print(request.space, sample(environment.spec, request.space, request.rng));
      const twice = manner.candidates?.includes(turn) === true && !stumbles;
      const replies = twice ? [`Not this: ${said()}`, said()] : [said()];
      const calls = replies.map((text) => callOf(past, { role: 'assistant', content: text }, manner.ids));
      const text = replies.at(-1) as string;
      past.push({ role: 'assistant', content: text });
      return { reply: { text }, calls };
    };
    return { manifest: { agent: 'speaker' }, act: ask };
  };
}

const TOOLS: readonly JsonObject[] = [
  {
    name: 'calculator',
    description: 'Works out an expression.',
    parameters: { type: 'object', properties: { expr: { type: 'string' } }, required: ['expr'] },
  },
  {
    name: 'submit_answer',
    description: 'Ends the task.',
    parameters: { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] },
  },
];

/** A speaker of a table with tools: it works something out, then submits. */
export const caller: AgentFactory = () => {
  const past: Message[] = [{ role: 'system', content: 'Use the tools.' }];
  let turn = 0;
  const act = (request: ActRequest): Decision => {
    const before = turn === 0 ? null : `call_${turn - 1}`;
    past.push(
      before === null ? { role: 'user', content: request.text } : { role: 'tool', tool_call_id: before, content: '4' },
    );
    const made: ToolCall =
      turn === 0
        ? { id: 'call_0', name: 'calculator', args: { expr: '2 + 2' } }
        : { id: `call_${turn}`, name: 'submit_answer', args: { answer: '4' } };
    turn++;
    const written = { name: made.name, arguments: JSON.stringify(made.args) };
    const message: Message = {
      role: 'assistant',
      content: '',
      tool_calls: [{ id: made.id, type: 'function', function: written }],
    };
    const call = callOf(past, message, false, { tools: TOOLS });
    past.push(message);
    return { move: [made], calls: [call] };
  };
  return { manifest: { agent: 'caller' }, act };
};

/** Plays one game and gives its record, as it is read from a file. */
export async function spokenRecord(
  environment: Environment,
  agents: readonly AgentFactory[],
  seed: Seed,
  config: JsonObject = environment.spec.config.parse({}) as JsonObject,
): Promise<EpisodeRecord> {
  const recorder = new Recorder({ environment, config, seed }, '2026-01-01T00:00:00.000Z');
  let line = '';
  let now = 0;
  const clock = () => (now += 250);
  await runEpisode({ environment, config, agents, seed, hash: true, clock }, (progress) => {
    if (progress.kind === 'started') recorder.begin(progress);
    else if (progress.kind === 'step') recorder.step(progress);
    else line = recorder.line(progress.ending);
  });
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(read.problem);
  return read.record;
}

/** Messages as the tokens of one template: append-only, a generation prompt at the end. */
export function promptIds(messages: readonly Message[]): number[] {
  return letters(`${messages.map(({ role, content }) => `<${role}>${String(content)}</>`).join('')}<assistant>`);
}

function callOf(messages: readonly Message[], message: Message, ids: boolean, more: JsonObject = {}): ModelCall {
  const completion = letters(`${String(message.content)}</>`);
  const prompt = promptIds(messages);
  return {
    model: 'letters-1',
    parameters: { temperature: 0.7, topP: 0.9, ...more },
    messages: [...messages],
    reply: { ...message, finish: more.tools === undefined ? 'stop' : 'tool-calls' },
    usage: {
      promptTokens: prompt.length,
      completionTokens: completion.length,
      cachedTokens: 3,
      reasoningTokens: null,
    },
    tokens: ids ? { prompt, completion } : null,
    logprobs: ids ? completion.map((id) => -id / 1000) : null,
  };
}

function letters(text: string): number[] {
  return [...text].map((letter) => letter.codePointAt(0) as number);
}
