import { z } from 'zod';
import { suggestion, UserError } from '../../src/core/errors.js';
import { isObject, preview } from '../../src/core/json.js';
import type { Exports } from '../../src/core/modules.js';
import { issuesOf } from '../../src/core/space.js';
import type { BoardGame, Ctx, Enumerate } from './kernel.js';

/** What a module may say of its game by an export `ludus`: all that boardgame.io's own format has no place for. */
const DECLARED = z.strictObject({
  title: z.string().min(1).optional(),
  summary: z.string().min(1).optional(),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .optional(),
  rules: z.string().min(1).optional(),
  players: z.number().int().min(1).optional(),
  horizon: z.number().int().min(1).max(100_000).optional(),
  setupData: z.json().optional(),
  information: z.enum(['perfect', 'imperfect']).optional(),
  chance: z.enum(['none', 'drawn']).optional(),
  dynamics: z.enum(['sequential', 'simultaneous']).optional(),
  utility: z
    .strictObject({
      kind: z.enum(['zero-sum', 'constant-sum', 'identical', 'general']),
      min: z.number(),
      max: z.number(),
    })
    .optional(),
});

export type Declared = z.output<typeof DECLARED>;

/** Functions that may stand beside a game. Each is given what the seat may see, and nothing else. */
export interface Hooks {
  readonly enumerate: Enumerate;
  /** What a player sees, in words; null for a spectator. */
  readonly render?: (view: unknown, ctx: Ctx, playerID: string | null) => unknown;
  /** What each player is paid at the end, once. It alone is given the whole of `G`. */
  readonly reward?: (G: unknown, ctx: Ctx) => unknown;
}

/** A game as a module brings it. */
export interface Found extends Hooks {
  readonly game: BoardGame;
  readonly name: string;
  readonly declared: Declared;
}

/**
 * The game of a module: its default export, its only one, or the one that is named.
 * @throws UserError on none, or on anything beside it that is not as it should be
 */
export function findGame(exports: Exports, module: string, name: string | undefined): Found {
  // NOTE: what a CommonJS module exports is its default, of which only some names are found.
  const inner = isGame(exports.default) ? undefined : exports.default;
  const all: Exports = isRecord(inner) ? { ...inner, ...exports } : exports;
  const [found, game] = gameOf(all, module, name);
  const declared = declaredOf(all.ludus, module);
  const enumerate = hookOf(all, 'enumerate', module) ?? game.ai?.enumerate;
  if (typeof enumerate !== 'function')
    throw new UserError(
      `${module}: nothing says what a player may do; give the game "ai.enumerate", or export a function "enumerate(G, ctx, playerID)" beside it`,
    );
  const render = hookOf(all, 'render', module);
  const reward = hookOf(all, 'reward', module);
  if (reward !== undefined && declared.utility === undefined)
    throw new UserError(
      `${module}: with a function "reward", export its bounds too: ludus.utility = { kind, min, max }`,
    );
  return {
    game,
    name: name ?? (typeof game.name === 'string' ? game.name : found),
    declared,
    enumerate,
    ...(render === undefined ? {} : { render }),
    ...(reward === undefined ? {} : { reward }),
  };
}

function gameOf(exports: Exports, module: string, name: string | undefined): [string, BoardGame] {
  const games = Object.keys(exports).filter((key) => isGame(exports[key]));
  const wanted = name ?? (games.includes('default') ? 'default' : games.length === 1 ? games[0] : undefined);
  if (wanted !== undefined && games.includes(wanted)) return [wanted, exports[wanted] as BoardGame];
  if (games.length === 0) throw new UserError(`${module} exports no game of boardgame.io`);
  if (name === undefined)
    throw new UserError(
      `${module} exports several games; write one of them: ${games.map((one) => `#${one}`).join(', ')}`,
    );
  throw new UserError(`${module} exports no game "${name}"; ${suggestion(name, games)}`);
}

function isGame(value: unknown): value is BoardGame {
  const { moves, phases, turn } = (value ?? {}) as BoardGame;
  return isRecord(value) && [moves, phases, turn].some(isRecord);
}

function declaredOf(ludus: unknown, module: string): Declared {
  const read = DECLARED.safeParse(ludus ?? {});
  if (read.success) return read.data;
  throw new UserError(`${module}: the export "ludus" is not right: ${issuesOf(read.error, ludus)}`);
}

function hookOf<Name extends keyof Hooks>(exports: Exports, name: Name, module: string): Hooks[Name] | undefined {
  const hook = exports[name];
  if (hook === undefined || typeof hook === 'function') return hook as Hooks[Name] | undefined;
  throw new UserError(`${module}: the export "${name}" is to be a function, got ${preview(hook)}`);
}

function isRecord(value: unknown): value is object {
  return isObject(value);
}
