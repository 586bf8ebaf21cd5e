import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryIds, styleIds } from '../../agents/llm/found.js';
import { type ExportOptions, type Format, type Row, USUAL } from '../../replays/format.js';
import { formats } from '../../replays/formats.js';
import { callsOf } from '../../replays/taken.js';
import type { OwnTurn } from '../../replays/turns.js';
import type { ModelCall } from '../../src/core/agent.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { models } from '../llm-agents/table.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { type Count, type Sent, sentOf } from './counting.js';
import { GAMES, type RealGame, realGame } from './real-games.js';
import { SHAPES, type Shape, withObjects } from './shown.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  await models.close();
});

/** Every style and memory there is, with the arguments that some cannot do without. */
const ARGUMENTS: { readonly [id: string]: string } = { atomic: ':spy/guard', summary: ':1', window: ':1' };
const named = (id: string) => `${id}${ARGUMENTS[id] ?? ''}`;
const styles = styleIds().map((style) => `style=${named(style)},memory=full`);
const memories = memoryIds().map((memory) => `style=recon,memory=${named(memory)}`);
const crossed = styleIds().flatMap((style) =>
  memoryIds().map((memory) => `style=${named(style)},memory=${named(memory)}`),
);

const MANNERS: readonly (readonly [string, string])[] = [
  ...crossed.map((manner) => ['choices', manner] as const),
  ...['tools', 'forms'].flatMap((game) => [...styles, ...memories].map((manner) => [game, manner] as const)),
  ...['style=direct', 'style=recon'].map((manner) => ['speech', `${manner},memory=full`] as const),
  ...Object.keys(GAMES).map((game) => [game, 'style=direct,memory=full,answers=words'] as const),
  ...['choices', 'tools'].map((game) => [game, 'style=chain-of-thought,memory=full,votes=2'] as const),
];

function shapeOf(format: Format, { data }: Row): Shape {
  const found = SHAPES.find((shape) => shape.fits(data));
  if (found === undefined) throw new Error(`nothing here can read the prompts of a row of ${format.id}`);
  return found;
}

const text = (value: Json): string => JSON.stringify(value);

/** Every prompt that a format shows is one that the server got; each answer's is shown, unless a row was refused. */
function compare(format: Format, { episode, counts, refused }: RealGame, options: ExportOptions): number {
  const before = refused.length;
  const rows = [...format.rows(episode, options)];
  const whole = refused.length === before;
  const shown = new Map<OwnTurn, Set<string>>(episode.turns.map((turn) => [turn, new Set()]));
  const keeping = new Map<Shape, Kept>();
  for (const row of rows) {
    const shape = shapeOf(format, row);
    const kept = keeping.get(shape) ?? new Kept(shape, options, counts);
    keeping.set(shape, kept);
    const prompts = kept.in(row.data);
    for (const prompt of prompts) expect(kept.received.has(prompt), `${format.id}: ${prompt}`).toBe(true);
    compareTools(
      shape,
      row,
      prompts.map((prompt) => kept.received.get(prompt) as Count),
      counts,
    );
    for (const turn of row.turns) for (const prompt of prompts) shown.get(turn as OwnTurn)?.add(prompt);
    for (const turn of row.turns) if (whole) compareTurn(format, turn as OwnTurn, prompts, kept);
  }
  return [...shown.values()].filter(({ size }) => size > 0).length;
}

/** What a shape keeps of the requests that the server got. */
class Kept {
  readonly shape: Shape;
  readonly received: ReadonlyMap<string, Count>;
  readonly #exact: boolean;

  constructor(shape: Shape, { toolArgs }: ExportOptions, counts: readonly Count[]) {
    this.shape = shape;
    this.#exact = toolArgs === 'string';
    this.received = new Map(counts.map((count) => [this.of(count.sent), count]));
  }

  of(sent: Sent): string {
    return this.#text(this.shape.keeps(sent));
  }

  in(row: JsonObject): string[] {
    return this.shape.prompts(row).map((prompt) => this.#text(prompt));
  }

  #text(prompt: Json): string {
    return text(this.#exact ? prompt : withObjects(prompt));
  }
}

/** NOTE: what the server got is read back from the ids it gave, and not from what the record says was sent. */
function compareTurn(format: Format, turn: OwnTurn, prompts: readonly string[], kept: Kept): void {
  const sent = (one: ModelCall | null) => kept.of(sentOf(one?.tokens?.prompt ?? []));
  const own = callsOf(turn).map(sent);
  expect(prompts.filter((prompt) => own.includes(prompt)).length, format.id).toBeGreaterThan(0);
  if (kept.shape.ofOneTurn) expect(prompts, format.id).toEqual([sent(turn.call)]);
}

/** A row names the tools of its calls and no others. */
function compareTools(shape: Shape, { data }: Row, own: readonly Count[], all: readonly Count[]): void {
  if (shape.tools === undefined) return;
  const named = new Set(shape.tools(data).map(text));
  for (const { sent } of own) for (const tool of sent.tools) expect(named).toContain(text(tool));
  const sent = new Set(all.flatMap((count) => count.sent.tools.map(text)));
  for (const tool of named) expect(sent).toContain(tool);
}

const EXACT: ExportOptions = { ...USUAL, toolArgs: 'string' };
const known = await formats();

describe.each(MANNERS)('%s, %s', (game, manner) => {
  it.each([
    ['smooth', false],
    ['with replies that were refused', true],
  ])('every format shows the bytes the server got: %s', async (_, spoils) => {
    const of = await realGame(server, game, manner, spoils);
    expect(of.episode.turns.length).toBeGreaterThan(0);
    const shown = new Map(known.map((format) => [format.id, compare(format, of, EXACT)]));
    if (game === 'tools') for (const format of known) compare(format, of, USUAL);
    expect([...shown].filter(([, count]) => count === 0).map(([id]) => id)).toEqual(silent(of.refused, shown));
  });
});

/** Formats may show nothing only where they said why. */
function silent(refused: readonly string[], shown: ReadonlyMap<string, number>): string[] {
  return refused.length === 0 ? [] : [...shown].filter(([, count]) => count === 0).map(([id]) => id);
}

describe('a prompt that was changed', () => {
  it.each(known.map((format) => [format.id, format] as const))('is found in %s', async (_, format) => {
    const of = await realGame(server, 'choices', 'style=direct,memory=full', false);
    const changed: Format = {
      ...format,
      *rows(episode, options) {
        for (const row of format.rows(episode, options)) yield { ...row, data: bent(row.data) };
      },
    };
    expect(compare(format, of, EXACT)).toBeGreaterThan(0);
    expect(() => compare(changed, of, EXACT)).toThrow(format.id);
  });
});

/** A row in which one word of the rules is another, in ids too. */
function bent(row: JsonObject): JsonObject {
  const said = JSON.stringify(row).replaceAll('You are player_', 'You were player_');
  const data = JSON.parse(said) as JsonObject;
  return Array.isArray(data.prompt_ids)
    ? { ...data, prompt_ids: [...data.prompt_ids.slice(0, -9), 33, ...data.prompt_ids.slice(-8)] }
    : data;
}
