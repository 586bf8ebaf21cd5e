import type { JsonObject } from '../src/core/json.js';
import type { AgentCard, Configured, Create, EnvironmentCard, Join, Match } from '../src/server/lobby/wire.js';

/** A request that the server did not grant; the message is for people. */
export class Refused extends Error {}

/** Asks the server. @throws Refused with the server's reason, or that it cannot be reached */
export async function ask<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await reach(path, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const { text } = (answer ?? {}) as { readonly text?: string };
  throw new Refused(text ?? `The server answered ${response.status} and gave no reason.`);
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, request);
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    throw new Refused('The server cannot be reached.');
  }
}

const at = (...parts: readonly string[]) => `/${parts.map(encodeURIComponent).join('/')}`;

export const environments = (signal?: AbortSignal) => ask<EnvironmentCard[]>('/api/environments', undefined, signal);
export const environment = (id: string, signal?: AbortSignal) =>
  ask<EnvironmentCard>(at('api', 'environments', id), undefined, signal);
export const rules = (id: string, config: JsonObject, signal?: AbortSignal) =>
  ask<Configured>(at('api', 'environments', id, 'rules'), { config }, signal);
export const agents = (signal?: AbortSignal) => ask<AgentCard[]>('/api/agents', undefined, signal);
export const matches = (signal?: AbortSignal) => ask<{ matches: Match[] }>('/api/matches', undefined, signal);
export const match = (game: string, id: string, signal?: AbortSignal) =>
  ask<Match>(at('games', game, id), undefined, signal);
export const create = (game: string, body: Create) => ask<{ matchID: string }>(at('games', game, 'create'), body);
/** A seat somebody has taken, and what proves it. */
export interface Taken {
  readonly playerID: string;
  readonly playerCredentials: string;
}

export const join = (game: string, id: string, body: Join) => ask<Taken>(at('games', game, id, 'join'), body);
export const leave = (game: string, id: string, body: { playerID: string; credentials: string }) =>
  ask<unknown>(at('games', game, id, 'leave'), body);
export const playAgain = (
  game: string,
  id: string,
  body: { playerID: string; credentials: string; rotate?: boolean },
) => ask<{ nextMatchID: string } & Taken>(at('games', game, id, 'playAgain'), body);
