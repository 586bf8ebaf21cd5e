import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Served } from './served.js';
import { type Dialect, GAMES, type Game, ludus, stock } from './tables/dialects.js';
import { flood, type Reasons } from './tables/flood.js';
import { agentsOnly, made } from './tables/lobby.js';
import { type Made, Pair, Tally } from './tables/pairs.js';
import { serveLudus, serveStock } from './tables/served.js';

/**
 * Tables under load: `ludus serve` and boardgame.io's own server, each in a process of its own, and both players of
 * every match in this one. The same players, lobby calls and game for both; `CASES=paced` runs one of the parts.
 *
 * Latency is from sending a move to the other player's seeing it, as felt by this process, so its own work and all else
 * on the machine count in it.
 */
const SECONDS = Number(process.env.SECONDS ?? 8);
const WARM_MS = 1500;
/** Moves of each match where everybody answers at once: on a busy machine time alone does not warm a server up. */
const WARM_MOVES = 9;
const CASES = (process.env.CASES ?? 'saturated,short,paced,agents,flood').split(',');
/** Games a pair plays one after the other, so that it has enough for the time. */
const SHORT_GAMES: { readonly [matches: number]: number } = { 100: 20, 500: 5, 1000: 3 };
const MATCHES = (process.env.MATCHES ?? '100,500,1000').split(',').map(Number);
const AGENT_MATCHES = 500;
const FLOOD = Number(process.env.FLOOD ?? 100_000);
const FLOOD_MATCHES = 20;
const SOCKETS = 4;

interface Case {
  readonly what: string;
  readonly open: () => Promise<Served>;
  readonly dialect: Dialect;
  readonly matches: number;
  readonly thoughtMs: number;
  /** One that goes on as long as it is measured, unless short ones are asked for. */
  readonly game?: Game;
}

const folder = mkdtempSync(join(tmpdir(), 'ludus-bench-'));
const rows: { [what: string]: object } = {};

async function measure({ what, open, dialect, matches, thoughtMs, game = GAMES.endless }: Case): Promise<void> {
  const served = await open();
  const { url } = served;
  const empty = served.memory();
  const tally = new Tally();
  const games =
    game === GAMES.endless
      ? 1
      : thoughtMs > 0
        ? Math.ceil((SECONDS * 1000 + WARM_MS) / thoughtMs / 9) + 1
        : (SHORT_GAMES[matches] ?? 5);
  const all = await made(url, matches * games, game);
  const plans = Array.from({ length: matches }, (_, at) => ({
    ...{ url, game, dialect, thoughtMs, tally, name: `${at}` },
    matches: all.slice(at * games, (at + 1) * games),
  }));
  const pairs: Pair[] = [];
  for (const plan of plans) pairs.push(await Pair.open(plan));
  for (const pair of pairs) pair.next();
  await warmed(tally, thoughtMs === 0 ? matches * WARM_MOVES : 0);
  rows[`${matches} ${what}`] = { ...(await watch(served, tally)), 'MB without matches': Math.round(empty) };
  for (const pair of pairs) pair.close();
  await served.stop();
}

async function warmed(tally: Tally, moves: number): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < WARM_MS || (tally.moves < moves && tally.done === 0))
    await new Promise((resolve) => setTimeout(resolve, 50));
}

/** What happens from now on, until the time is up or the first pair has no match left. */
async function watch(served: Served, tally: Tally): Promise<object> {
  tally.clear();
  const [began, before, own] = [performance.now(), served.processor(), process.cpuUsage()];
  while (performance.now() - began < SECONDS * 1000 && tally.done === 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const [seconds, processor] = [(performance.now() - began) / 1000, served.processor() - before];
  const { user, system } = process.cpuUsage(own);
  const { moves, latencies } = tally;
  latencies.sort((a, b) => a - b);
  const quantile = (part: number) => (latencies[Math.floor(part * (latencies.length - 1))] ?? Number.NaN).toFixed(1);
  return {
    'moves/s': Math.round(moves / seconds),
    'p50, ms': quantile(0.5),
    'p95, ms': quantile(0.95),
    'p99, ms': quantile(0.99),
    'cores of the server': (processor / seconds).toFixed(2),
    'cores of the players': ((user + system) / 1e6 / seconds).toFixed(2),
    'processor, ms a move': ((processor / moves) * 1000).toFixed(3),
    MB: Math.round(served.memory()),
    seconds: seconds.toFixed(1),
    load: loadavg()[0]?.toFixed(1),
  };
}

/** Bad messages on four sockets while others play with a second of thought. */
async function flooded(): Promise<object> {
  const served = await serveLudus();
  const { url } = served;
  const tally = new Tally();
  const all = await made(url, FLOOD_MATCHES * 20 + SOCKETS);
  const pairs: Pair[] = [];
  for (let at = 0; at < FLOOD_MATCHES; at++) {
    const matches = all.slice(at * 20, (at + 1) * 20);
    pairs.push(
      await Pair.open({ url, game: GAMES.short, dialect: ludus, thoughtMs: 1000, tally, name: `${at}`, matches }),
    );
  }
  for (const pair of pairs) pair.next();
  const before = served.memory();
  const [began, processor] = [performance.now(), served.processor()];
  const attackers = all.slice(-SOCKETS).map(({ id, tokens }) => {
    return { own: { id, seat: 1, token: tokens[1] }, other: { id: (all[0] as Made).id, seat: 0 } };
  });
  const done = await Promise.all(attackers.map((attacker) => flood(url, attacker, FLOOD / SOCKETS)));
  const seconds = (performance.now() - began) / 1000;
  const reasons: Reasons = {};
  for (const one of done) for (const [why, n] of Object.entries(one.reasons)) reasons[why] = (reasons[why] ?? 0) + n;
  const result = {
    ...reasons,
    seconds: seconds.toFixed(1),
    'processor, ms a message': (((served.processor() - processor) / FLOOD) * 1000).toFixed(3),
    'MB before': Math.round(before),
    'MB after': Math.round(served.memory()),
    'moves beside': tally.moves,
  };
  for (const pair of pairs) pair.close();
  await served.stop();
  return result;
}

const ours = { what: 'Ludus', open: () => serveLudus(), dialect: ludus };
const theirs = { what: 'stock', open: serveStock, dialect: stock };
const kept = { what: 'Ludus, in a folder', open: () => serveLudus(join(folder, 'games')), dialect: ludus };

if (CASES.includes('saturated')) {
  for (const [at, matches] of MATCHES.entries()) {
    const order = at % 2 === 0 ? [ours, theirs, kept] : [theirs, ours, kept];
    for (const one of order) await measure({ ...one, matches, thoughtMs: 0 });
  }
}
if (CASES.includes('short'))
  for (const [at, matches] of MATCHES.entries())
    for (const one of at % 2 === 0 ? [ours, theirs] : [theirs, ours])
      await measure({ ...one, what: `${one.what}, nine moves a game`, matches, thoughtMs: 0, game: GAMES.short });
if (CASES.includes('paced'))
  for (const one of [kept, theirs])
    await measure({ ...one, what: `${one.what}, a second of thought`, matches: 1000, thoughtMs: 1000 });
if (CASES.includes('agents')) {
  const served = await serveLudus();
  rows[`${AGENT_MATCHES} of two agents`] = await agentsOnly(served, AGENT_MATCHES);
  await served.stop();
}
if (CASES.includes('flood')) console.table({ [`${FLOOD} bad messages`]: await flooded() });
if (Object.keys(rows).length > 0) console.table(rows);
rmSync(folder, { recursive: true });
