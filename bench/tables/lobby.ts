import type { Served } from '../served.js';
import { GAMES, type Game } from './dialects.js';
import type { Made } from './pairs.js';

/** Requests under way at a time. */
const TOGETHER = 20;
/** NOTE: asking is work for the server too. */
const POLL_MS = 500;

/** Makes matches by the lobby's HTTP, which is the same for both servers, and sits down in both seats. */
export async function made(url: string, count: number, game: Game = GAMES.short): Promise<Made[]> {
  const all: Made[] = [];
  const some = async (): Promise<void> => {
    while (all.length < count) {
      const slot = all.push({ id: '', tokens: ['', ''] }) - 1;
      all[slot] = await madeOne(url, game);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, some));
  return all;
}

/** Lets agents alone play, and gives how many games came to their end by the rules, and when the last one did. */
export async function agentsOnly(served: Served, count: number): Promise<object> {
  const [began, before] = [performance.now(), served.processor()];
  const ids: string[] = [];
  for (let at = 0; at < count; at++)
    ids.push(await create(served.url, GAMES.short, { agents: { 0: 'slow', 1: 'slow' } }));
  for (const path = `/games/${GAMES.short}?isGameover=false`; ; ) {
    const { matches } = (await ask(served.url, path)) as { matches: readonly unknown[] };
    if (matches.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const [seconds, processor] = [(performance.now() - began) / 1000, served.processor() - before];
  const all = await Promise.all(ids.map((id) => ask(served.url, `/games/${GAMES.short}/${id}`)));
  const ends = all.map((match) => (match as { gameover?: { how: string } }).gameover?.how);
  return {
    'ended by the rules': ends.filter((how) => how === 'rules').length,
    seconds: seconds.toFixed(1),
    'cores of the server': (processor / seconds).toFixed(2),
    MB: Math.round(served.memory()),
  };
}

async function madeOne(url: string, game: Game): Promise<Made> {
  const id = await create(url, game, {});
  const tokens = [await join(url, game, id, '0'), await join(url, game, id, '1')] as const;
  return { id, tokens };
}

async function create(url: string, game: Game, setupData: object): Promise<string> {
  const { matchID } = (await ask(url, `/games/${game}/create`, { numPlayers: 2, setupData })) as { matchID: string };
  return matchID;
}

async function join(url: string, game: Game, id: string, playerID: string): Promise<string> {
  const body = { playerID, playerName: `player ${playerID}` };
  const { playerCredentials } = (await ask(url, `/games/${game}/${id}/join`, body)) as { playerCredentials: string };
  return playerCredentials;
}

async function ask(url: string, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(url + path, sent);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
