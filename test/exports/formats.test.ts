import { Template } from '@huggingface/jinja';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import { type ExportedEpisode, type ExportOptions, USUAL } from '../../replays/format.js';
import { format } from '../../replays/formats.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { turnsOf } from '../../replays/turns.js';
import type { Message } from '../../src/core/agent.js';
import type { Moves } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { CHAT, cookbook, PREFERENCE } from './openai.js';
import { plainGrades, recordOf } from './played.js';

const MOVES: readonly Moves[] = [
  { chance: 'J' },
  { chance: 'K' },
  { seats: { 0: 'check' } },
  { seats: { 1: 'bet' } },
  { seats: { 0: 'call' } },
];

/** A record in which a model called a tool before, as servers of chat completions write it. */
function withTools(record: EpisodeRecord): EpisodeRecord {
  const called = { id: 'c1', type: 'function', function: { name: 'odds', arguments: '{"card": "J"}' } };
  const before: Message[] = [
    { role: 'user', content: 'First work out your odds.' },
    { role: 'assistant', content: '', tool_calls: [called], reasoning_content: 'Let me see.' },
    { role: 'tool', tool_call_id: 'c1', content: '0.1' },
  ];
  const messages = [...(record.messages ?? []), ...before];
  const at = messages.length - before.length;
  const tools = [{ name: 'odds', description: 'Odds of a card.', parameters: { type: 'object', properties: {} } }];
  const steps = record.steps.map((step) => {
    const decided = step.seats?.[0];
    const [call] = decided?.calls ?? [];
    if (decided === undefined || call === undefined) return step;
    const [system = 0, ...rest] = call.messages;
    const longer = {
      ...call,
      parameters: { ...call.parameters, tools },
      messages: [system, at, at + 1, at + 2, ...rest],
    };
    return { ...step, seats: { 0: { ...decided, calls: [longer] } } };
  });
  return { ...record, messages, steps };
}

const record = withTools(recordOf({ environment: kuhn, config: { players: 2 }, moves: MOVES, spoken: true }));

function episode(): ExportedEpisode {
  const seats = [0, 1].map((seat) => ({
    ...{
      seat,
      agent: 'written',
      chosen: true,
      group: 'g',
      sampleIndex: 0,
      return: seat === 0 ? -2 : 2,
      passed: seat === 1,
    },
  }));
  return { record, environment: kuhn, turns: turnsOf(record, kuhn), seats, annotations: plainGrades(record, kuhn) };
}

async function rows(id: string, options: Partial<ExportOptions> = {}): Promise<JsonObject[]> {
  return [...(await format(id)).rows(episode(), { ...USUAL, ...options })].map(({ data }) => data);
}

type Spoil = (row: JsonObject) => unknown;

/** A row with one message changed: the first, or the one that calls a tool. */
function changing(change: (message: Message) => unknown, role = 'user'): Spoil {
  return (row) => {
    const list = row.messages as unknown as readonly Message[];
    const at = list.findIndex((message) => message.role === role);
    return { ...row, messages: list.map((message, index) => (index === at ? change(message) : message)) };
  };
}

/** A row that fails each check of the cookbook, and no other. */
const FAULTS: { readonly [check: string]: Spoil } = {
  data_type: () => ['a list'],
  missing_messages_list: ({ messages: _, ...row }) => row,
  message_missing_key: changing(({ role: _, ...rest }) => ({
    ...rest,
    content: undefined,
    tool_calls: [],
    role: 'user',
  })),
  message_unrecognized_key: changing((message) => ({ ...message, reasoning_content: 'Hm.' })),
  unrecognized_role: changing((message) => ({ ...message, role: 'human' })),
  missing_content: changing((message) => ({ ...message, content: '' })),
  example_missing_assistant_message: (row) => ({
    ...row,
    messages: (row.messages as unknown as readonly Message[]).filter(({ role }) => role !== 'assistant'),
  }),
};

const called = (change: (call: JsonObject) => JsonObject): Spoil =>
  changing((message) => ({ ...message, tool_calls: (message.tool_calls as JsonObject[]).map(change) }), 'assistant');

/** Rows that the schema must refuse. */
const BREACHES: { readonly [breach: string]: Spoil } = {
  'a column of our own': (row) => ({ ...row, reward: 1 }),
  'no messages': (row) => ({ ...row, messages: [] }),
  'a weight of a half': changing((message) => ({ ...message, weight: 0.5 }), 'assistant'),
  'a weight on a user': changing((message) => ({ ...message, weight: 0 })),
  'arguments as an object': called((call) => ({ ...call, function: { name: 'odds', arguments: {} } })),
  'a call without an id': called(({ id: _, ...call }) => call),
  'a result without the call it answers': changing(({ tool_call_id: _, ...message }) => message, 'tool'),
  'reasoning in a message': changing((message) => ({ ...message, reasoning_content: 'Hm.' }), 'assistant'),
  'a tool without its envelope': (row) => ({ ...row, tools: [{ name: 'odds', parameters: {} }] }),
};

describe('OpenAI', () => {
  const ajv = new Ajv({ allErrors: true });

  it.each([
    ['openai-chat', CHAT],
    ['openai-preference', PREFERENCE],
  ])('%s keeps the schema', async (id, schema) => {
    const validate = ajv.compile(schema);
    const made = await rows(id);
    expect(made.length).toBeGreaterThan(0);
    for (const row of made) expect([validate(row), validate.errors]).toEqual([true, null]);
    expect(validate({ ...made[0], reward: 1 })).toBe(false);
  });

  it('the seven checks of the cookbook find nothing in a file of ours', async () => {
    for (const row of await rows('openai-chat')) expect(cookbook(row)).toEqual([]);
  });

  it.each(Object.entries(FAULTS))('and %s is found in a file that has it, alone', async (check, spoil) => {
    const file = (await rows('openai-chat')).map((row, at) => JSON.stringify(at === 1 ? spoil(row) : row)).join('\n');
    expect(file.split('\n').map((line) => cookbook(JSON.parse(line)))).toEqual([[], [check], []]);
  });

  it.each(Object.entries(BREACHES))('the schema refuses %s', async (_, spoil) => {
    const [row] = await rows('openai-chat');
    expect(ajv.validate(CHAT, row)).toBe(true);
    expect(ajv.validate(CHAT, spoil(row as JsonObject))).toBe(false);
  });

  it('trains the last message alone', async () => {
    for (const row of (await rows('openai-chat')) as unknown as { messages: Message[] }[]) {
      const weights = row.messages.flatMap(({ role, weight }) => (role === 'assistant' ? [weight] : []));
      expect(weights).toEqual([...weights.slice(0, -1).map(() => 0), 1]);
    }
  });
});

/** SEE: the templates of Qwen 2.5 (ChatML) and of Llama 3, without their parts for tools. */
const TEMPLATES = {
  ChatML:
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
  'Llama 3':
    "{{ '<|begin_of_text|>' }}{% for message in messages %}{{ '<|start_header_id|>' + message.role + '<|end_header_id|>\\n\\n' + message.content | trim + '<|eot_id|>' }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}",
};

interface PromptCompletion {
  readonly prompt: readonly Message[];
  readonly completion: readonly Message[];
}

describe.each(Object.entries(TEMPLATES))('rendered by the template of %s', (_, source) => {
  const template = new Template(source);

  /** The trained part is what the whole has beyond the prompt: TRL masks a prompt-completion row in this way. */
  it.each(['trl-sft', 'trl-kto'])('%s trains the own reply and nothing else, counted in characters', async (id) => {
    const made = (await rows(id, { flattenTools: true })) as unknown as PromptCompletion[];
    expect(made.length).toBe(3);
    for (const [at, { prompt, completion }] of made.entries()) {
      const before = template.render({ messages: prompt, add_generation_prompt: true });
      const whole = template.render({ messages: [...prompt, ...completion], add_generation_prompt: false });
      expect(whole.startsWith(before)).toBe(true);
      const move = ['check', 'bet', 'call'][at];
      const mask = [...whole].map((_, place) => (place < before.length ? 0 : 1));
      const trained = [...whole].filter((_, place) => mask[place] === 1).join('');
      expect(trained).toMatch(new RegExp(`^<answer>${move}</answer><\\|(im_end|eot_id)\\|>\\n?$`));
      expect(mask.filter((one) => one === 1)).toHaveLength(trained.length);
    }
  });
});

describe('tool calls', () => {
  const calls = (row: JsonObject | undefined) =>
    ((row?.prompt ?? []) as unknown as Message[]).flatMap(
      (message) => (message.tool_calls as JsonObject[] | undefined) ?? [],
    );

  it('carry objects or strings as asked, as objects when nothing is said; tools stand in a column of their own', async () => {
    const [usual] = await rows('trl-sft');
    expect(calls(usual)).toEqual([
      { id: 'c1', type: 'function', function: { name: 'odds', arguments: { card: 'J' } } },
    ]);
    expect(usual?.tools).toEqual([{ type: 'function', function: expect.objectContaining({ name: 'odds' }) as object }]);
    const [written] = await rows('trl-sft', { toolArgs: 'string' });
    expect(calls(written)).toEqual([
      { id: 'c1', type: 'function', function: { name: 'odds', arguments: '{"card": "J"}' } },
    ]);
  });

  it('become plain words on request', async () => {
    const [row] = (await rows('trl-sft', { flattenTools: true })) as unknown as PromptCompletion[];
    expect(row?.prompt.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'user']);
    expect(row?.prompt[2]?.content).toBe('<tool_call>\n{"name":"odds","arguments":{"card":"J"}}\n</tool_call>');
    expect(row).not.toHaveProperty('tools');
  });
});

it('prompts for online training say the place they are of, and what may be played there', async () => {
  const [row] = await rows('trl-prompts');
  expect(row).toMatchObject({ environment: 'kuhn-poker', config: '{"players":2}', seed: '7', step: 2, seat: 0 });
  expect(row?.legal).toEqual(['check', 'bet']);
});
