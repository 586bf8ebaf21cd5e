import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExportOptions, USUAL } from '../../replays/format.js';
import { formats } from '../../replays/formats.js';
import type { OwnTurn } from '../../replays/turns.js';
import { UserError } from '../../src/core/errors.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { GAMES, realGame } from '../exports/real-games.js';
import { type Trained, trainedIn, withParsedArguments } from '../exports/trained.js';
import { models } from '../llm-agents/table.js';
import { startModelServer } from '../model-server/server.js';
import { missing, runPython } from './python.js';

const absent = missing('rows in real chat templates', 'trl', 'transformers', 'tokenizers', 'jinja2');

/** What a row has: words alone, or calls of tools in one of the ways in which an export writes them. */
type Kind = 'words' | 'object' | 'string' | 'flattened';
const WRITTEN: { readonly [kind in Kind]: ExportOptions } = {
  words: USUAL,
  object: { ...USUAL, toolArgs: 'object' },
  string: { ...USUAL, toolArgs: 'string' },
  flattened: { ...USUAL, flattenTools: true },
};

/** What one way of masking found of one template. */
interface Rendered {
  readonly rows: { readonly [of: string]: number };
  readonly own: { readonly [of: string]: number };
  readonly around: number;
  readonly refused: { readonly [reason: string]: number };
  readonly wrong: readonly string[];
}
type Templates = { readonly [name: string]: { readonly [way: string]: Rendered } };

/** Rows by format and kind, and the characters that the seats wrote in the turns they are made of. */
const rows: (Trained & { readonly of: string; readonly kind: Kind })[] = [];
const wrote: { [of: string]: number } = {};
let templates: Templates = {};

beforeAll(async () => {
  if (absent.length > 0) return;
  const server = await startModelServer();
  for (const game of Object.keys(GAMES)) {
    const { episode } = await realGame(server, game, 'style=direct,memory=full', false);
    const turns = episode.turns.filter(({ seat }) => seat === 0);
    const kinds: readonly Kind[] = game === 'tools' ? ['object', 'string', 'flattened'] : ['words'];
    for (const kind of kinds) await addRows(`${game} ${kind}`, kind, { ...episode, turns });
  }
  await server.close();
  await models.close();
  templates = runPython<Templates>('render_templates.py', { rows });
});

afterAll(() => {
  for (const [name, ways] of Object.entries(templates))
    console.log(`${name}: ${Object.entries(ways).map(line).join('; ')}`);
});

async function addRows(what: string, kind: Kind, episode: Parameters<OfRows>[0]): Promise<void> {
  for (const format of await formats()) {
    const of = `${format.id} ${what}`;
    for (const { data } of rowsOf(format.rows, episode, WRITTEN[kind])) {
      const trained = trainedIn(data);
      // NOTE: in Parquet arguments are strings whatever is asked for, and whoever reads it parses them.
      const read = kind === 'object' && format.encoding !== undefined ? trained.map(withParsedArguments) : trained;
      rows.push(...read.map((row) => ({ ...row, of, kind })));
      if (read.length === 1) wrote[of] = episode.turns.reduce((sum, turn) => sum + writtenIn(turn, kind), 0);
    }
  }
}

type OfRows = Awaited<ReturnType<typeof formats>>[number]['rows'];

/** NOTE: a format of ids, or of words alone, refuses what it has no room for; it has no templates to be rendered by. */
function rowsOf(make: OfRows, ...task: Parameters<OfRows>): { readonly data: JsonObject }[] {
  try {
    return [...make(...task)];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** Characters of a turn's reply as its server sent it: words, names of tools, texts in arguments. */
function writtenIn({ decided }: OwnTurn, kind: Kind): number {
  const [call, another] = decided.calls ?? [];
  if (call === undefined || another !== undefined || !isObject(call.reply))
    throw new Error('one call a turn is wanted');
  const calls = (call.reply.tool_calls ?? []) as readonly { function: { name: string; arguments: string } }[];
  const said = calls.map(({ function: { name, arguments: args } }) => {
    if (kind !== 'flattened')
      return name.length + (kind === 'string' ? args.length : lettersIn(JSON.parse(args) as Json));
    return `<tool_call>\n${JSON.stringify({ name, arguments: JSON.parse(args) as Json })}\n</tool_call>`.length;
  });
  const between = kind === 'flattened' ? calls.length - 1 : 0;
  return said.reduce((sum, one) => sum + one, String(call.reply.content ?? '').length + between);
}

function lettersIn(value: Json): number {
  if (typeof value === 'string') return value.length;
  return isObject(value) ? Object.values(value).reduce<number>((sum, one) => sum + lettersIn(one), 0) : 0;
}

function line([way, { own, around, refused, wrong }]: [string, Rendered]): string {
  const characters = Object.values(own).reduce((sum, one) => sum + one, 0);
  const reasons = Object.entries(refused).map(([reason, count]) => `${count} rows of ${reason}`);
  const faults = wrong.length === 0 ? '' : `, ${wrong.length} WRONG`;
  return `by ${way} ${characters} of the seats, ${around} of its own${faults}, refused ${reasons.join(', ') || 'none'}`;
}

/** Why a template may refuse a row; what helps is in docs/exports.md. Nothing else is let pass. */
const REFUSALS: { readonly [why: string]: RegExp } = {
  'calls of tools are left out, or all but the first': /^(object|string): leaves out what was said$/,
  'the other form of arguments is wanted':
    /^(object|string): (changes what was said|raises .*(arguments|attribute 'items'|item pairs|concatenate str).*)$/,
  'one call a message': /^(object|string): raises This model only supports single tool-calls/,
  'no system message': /^\w+: raises System role not supported/,
  'asking and answering in turn': /^(object|string|flattened): raises Conversation roles must alternate/,
  'pictures and words are parts':
    /^\w+: (raises '?str object'? has no (element 0|attribute 'text')|leaves out what was said)$/,
  'only the last answer is as it was given': /^\w+: writes earlier turns anew$/,
  'a thought is begun for the model':
    /^(words|flattened|string|object): takes the beginning of an answer for its own words$/,
  'answers and results in one turn': /^(object|string): marks an answer in several pieces$/,
};
/** NOTE: only templates of models that see pictures want parts; to leave out words is no refusal of any other. */
const OF_PARTS = /^(idefics3|smolvlm|llava_next)/;

/** The forms of arguments that templates take whole, in rows with one call a message. */
const TAKES: { readonly [template: string]: readonly Kind[] } = {
  qwen2_5: ['object'],
  qwen2_5_training: ['object'],
  qwen3_training: ['object', 'string'],
  qwen3_instruct_2507: ['object', 'string'],
  qwen3_5_think_training: ['object'],
  glm4moe: ['object'],
  nemotron_3_nano: ['object'],
  gemma4: ['object'],
};
/** Those that take them where a message has one call, and one form alone. */
const ONE_CALL: { readonly [template: string]: Kind } = { llama3_1: 'object', llama3_2: 'object', gptoss: 'object' };

const ways = (): [string, string, Rendered][] =>
  Object.entries(templates).flatMap(([name, found]) =>
    Object.entries(found).map(([way, of]): [string, string, Rendered] => [name, way, of]),
  );
const refusedOf = (of: Rendered | undefined, kind: Kind): number =>
  Object.entries(of?.refused ?? {}).reduce((sum, [why, count]) => sum + (why.startsWith(`${kind}:`) ? count : 0), 0);
const given = (kind: Kind): number => rows.filter((row) => row.kind === kind).length;

describe.skipIf(absent.length > 0)('rows of every format trained by masks, in the templates that TRL ships', () => {
  it('there are rows of every game, of speech too, and of every format that is trained by masks', () => {
    const games = new Set(rows.map(({ of }) => of.split(' ')[1]));
    expect([...games].sort()).toEqual(Object.keys(GAMES).sort());
    const speech = rows.filter(
      ({ of, messages }) => of.includes('speech') && /^Words \d+\.$/.test(String(messages.at(-1)?.content)),
    );
    expect(speech.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ of }) => of.split(' ')[0])).size).toBeGreaterThan(7);
  });

  it('own characters have mask 1 and all others 0, wherever a template renders a row', () => {
    expect(ways().length).toBeGreaterThan(80);
    expect(ways().flatMap(([name, way, { wrong }]) => wrong.map((one) => `${name} by ${way}: ${one}`))).toEqual([]);
  });

  it('as many are trained as the seats wrote themselves', () => {
    const counted = ways().flatMap(([name, way, of]) =>
      Object.entries(of.own)
        .filter(([what]) => wrote[what] !== undefined && of.rows[what] === rows.filter((row) => row.of === what).length)
        .map(([what, own]) => [`${name} by ${way}: ${what}`, own, wrote[what]] as const),
    );
    expect(counted.length).toBeGreaterThan(1000);
    expect(counted.filter(([, own, wanted]) => own !== wanted)).toEqual([]);
  });

  it('what is refused is refused for a reason that is known', () => {
    const reasons = ways().flatMap(([name, way, { refused }]) =>
      Object.keys(refused)
        .filter((reason) => !Object.entries(REFUSALS).some(([why, words]) => words.test(reason) && may(why, name)))
        .map((reason) => `${name} by ${way}: ${reason}`),
    );
    expect(reasons).toEqual([]);
  });

  it.each(Object.entries(TAKES))('%s takes arguments as %s, and words', (name, kinds) => {
    for (const of of Object.values(templates[name] ?? { none: undefined })) {
      for (const kind of ['words', ...kinds] as Kind[]) expect([kind, of && refusedOf(of, kind)]).toEqual([kind, 0]);
      const others = (['object', 'string'] as const).filter((kind) => !kinds.includes(kind));
      for (const kind of others) expect([kind, refusedOf(of, kind)]).toEqual([kind, given(kind)]);
    }
  });

  it.each(Object.entries(ONE_CALL))('%s takes one call a message, its arguments as %s', (name, kind) => {
    const of = templates[name]?.completion;
    expect(refusedOf(of, kind)).toBeGreaterThan(0);
    expect(refusedOf(of, kind)).toBeLessThan(given(kind));
    expect(refusedOf(of, 'string')).toBe(given('string'));
  });

  it('DeepSeek V3 wants strings, and its template for training objects', () => {
    expect(refusedOf(templates.deepseekv3?.completion, 'object')).toBe(given('object'));
    expect(refusedOf(templates.deepseekv3?.completion, 'string')).toBe(0);
    expect(refusedOf(templates.deepseekv3_training?.generation, 'string')).toBe(given('string'));
    expect(refusedOf(templates.deepseekv3_training?.generation, 'object')).toBe(0);
  });

  it.each(['llama3', 'lfm2', 'qwen2_5_vl'])('%s has no tools: it renders all of them as words', (name) => {
    expect(refusedOf(templates[name]?.completion, 'object')).toBe(given('object'));
    expect(refusedOf(templates[name]?.completion, 'flattened')).toBe(0);
  });
});

function may(why: string, name: string): boolean {
  return why !== 'pictures and words are parts' || OF_PARTS.test(name);
}
