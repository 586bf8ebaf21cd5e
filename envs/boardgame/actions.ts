import { UserError } from '../../src/core/errors.js';
import { isObject, type Json, preview } from '../../src/core/json.js';
import { type Action, plain } from './kernel.js';
import { exactly, wordsOf } from './words.js';

/**
 * The actions that an enumerator lists, by the words they are offered under. It may write each as boardgame.io's bots
 * take it: `{ move, args }`, `{ event, args }`, or an action as its clients send it.
 * @throws UserError on anything else
 */
export function actionsOf(listed: unknown): ReadonlyMap<string, Action> {
  if (!Array.isArray(listed)) throw new UserError(`enumerate gives a list of moves, not ${preview(listed)}`);
  const byExact = new Map<string, Action>();
  for (const item of listed) {
    const action = actionOf(item);
    byExact.set(`${action.type} ${exactly(action)}`, action);
  }
  const words = new Map<string, Action[]>();
  for (const action of byExact.values()) words.set(wordsOf(action), [...(words.get(wordsOf(action)) ?? []), action]);
  const ids = new Map<string, Action>();
  for (const [id, same] of words) {
    if (same.length === 1) ids.set(id, same[0] as Action);
    else
      for (const action of same)
        ids.set(action.type === 'GAME_EVENT' ? `event ${exactly(action)}` : exactly(action), action);
  }
  return ids;
}

function actionOf(item: unknown): Action {
  const read = plain(item);
  if (!isObject(read)) throw unknown(read);
  if (typeof read.move === 'string') return { type: 'MAKE_MOVE', name: read.move, args: argsOf(read.args) };
  if (typeof read.event === 'string') return { type: 'GAME_EVENT', name: read.event, args: argsOf(read.args) };
  const { type, payload } = read;
  if ((type !== 'MAKE_MOVE' && type !== 'GAME_EVENT') || !isObject(payload) || typeof payload.type !== 'string')
    throw unknown(read);
  return { type, name: payload.type, args: argsOf(payload.args) };
}

function argsOf(args: Json | undefined): readonly Json[] {
  if (args === undefined || args === null) return [];
  return Array.isArray(args) ? (args as readonly Json[]) : [args];
}

function unknown(item: Json): UserError {
  return new UserError(`enumerate lists moves as { move, args } or { event, args }, not ${preview(item)}`);
}
