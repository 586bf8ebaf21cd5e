import { loadavg } from 'node:os';
import type { Served } from '../served.js';
import { type Player, type Protocol, STEPS } from './players.js';

export interface Measured {
  readonly what: string;
  readonly open: () => Promise<Served>;
  /** What follows the server's address. */
  readonly path: string;
  readonly protocol: Protocol;
}

/** What all players of a run have done since it was last cleared. */
interface Tally {
  steps: number;
  latencies: number[];
  over: boolean;
}

async function play(player: Player, tally: Tally): Promise<void> {
  while (!tally.over) {
    await player.begin();
    for (let step = 0; step < STEPS && !tally.over; step++) {
      const began = performance.now();
      await player.step();
      tally.latencies.push(performance.now() - began);
      tally.steps++;
    }
  }
}

/** Steps of so many sockets at a time, each asking as soon as it was answered. */
export async function measure(
  { open, path, protocol }: Measured,
  { sockets, seconds }: { readonly sockets: number; readonly seconds: number },
): Promise<object> {
  const served = await open();
  const players: Player[] = [];
  try {
    for (let at = 0; at < sockets; at++) players.push(await protocol(served.url + path));
    return await watch(served, players, seconds);
  } finally {
    for (const player of players) player.close();
    await served.stop();
  }
}

async function watch(served: Served, players: readonly Player[], seconds: number): Promise<object> {
  const tally: Tally = { steps: 0, latencies: [], over: false };
  const playing = Promise.all(players.map((player) => play(player, tally)));
  await Promise.race([playing, warmed(tally, players.length)]);
  Object.assign(tally, { steps: 0, latencies: [] });
  const [began, before, own] = [performance.now(), served.processor(), process.cpuUsage()];
  await Promise.race([playing, new Promise((resolve) => setTimeout(resolve, seconds * 1000))]);
  const [took, processor] = [(performance.now() - began) / 1000, served.processor() - before];
  const { user, system } = process.cpuUsage(own);
  const { steps, latencies } = tally;
  tally.over = true;
  await playing;
  return {
    ...summary(steps, latencies.slice(0, steps), took, processor, (user + system) / 1e6),
    MB: Math.round(served.memory()),
  };
}

/** @param took seconds @param server, @param client seconds of processor time */
function summary(steps: number, latencies: number[], took: number, server: number, client: number): object {
  latencies.sort((a, b) => a - b);
  const quantile = (part: number) => (latencies[Math.floor(part * (latencies.length - 1))] ?? Number.NaN).toFixed(2);
  return {
    'steps/s': Math.round(steps / took),
    'p50, ms': quantile(0.5),
    'p99, ms': quantile(0.99),
    'server, ms a step': ((server / steps) * 1000).toFixed(3),
    'client, ms a step': ((client / steps) * 1000).toFixed(3),
    'cores of the server': (server / took).toFixed(2),
    load: loadavg()[0]?.toFixed(1),
  };
}

const WARM_MS = 1500;
/** NOTE: on a busy machine time alone does not warm a server up. */
const WARM_STEPS = 3000;
const WARM_LONGEST_MS = 8000;

async function warmed(tally: Tally, sockets: number): Promise<void> {
  const began = performance.now();
  const passed = () => performance.now() - began;
  while (passed() < WARM_MS || (tally.steps < WARM_STEPS + sockets && passed() < WARM_LONGEST_MS))
    await new Promise((resolve) => setTimeout(resolve, 50));
}
