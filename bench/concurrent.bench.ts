import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  Catalogue,
  type Environment,
  initParams,
  type JsonObject,
  mlp,
  readConfig,
  runEpisode,
  stream,
  toOnnx,
  writePolicy,
} from 'ludus';

/**
 * A thousand episodes in progress at once in one process, every seat an exported network: how long the event loop is
 * held up, which must stay below 20 ms so that a server beside them feels nothing, and steps a second.
 *
 * Delays by the clock are what a timer feels, so other work on the machine counts in them; the longest turn of the event
 * loop in processor time is what these episodes take by themselves.
 */
const EPISODES = 1000;
const LIMIT_MS = 20;
const WAVES = 5;
/** Episodes begun before everybody else gets their turn. */
const TOGETHER = 8;
const SCHEDULED = '/proc/thread-self/schedstat';

const catalogue = new Catalogue();
const home = mkdtempSync(join(tmpdir(), 'ludus-bench-'));

/** A policy of one network with first weights, as large as those that are trained. */
async function networkOf(environment: Environment, config: JsonObject): Promise<string> {
  const { spec } = environment;
  const form = environment.vector?.(config);
  if (form === undefined) throw new Error(`${spec.id} has no vector form`);
  const { seats } = spec.facts(config);
  const length = seats + form.length;
  const net = mlp({ in: length, hidden: [128, 128], out: form.actions.length });
  const folder = join(home, spec.id);
  writePolicy(folder, {
    manifest: {
      format: 1,
      kind: 'network',
      environment: { id: spec.id, version: spec.version, config },
      algorithm: { id: 'none', options: {}, seed: '1', iterations: 0 },
      metrics: {},
      files: {},
      details: { seats, length, actions: form.actions, output: 'logits', part: { speaker: 'scripted' } },
    },
    files: { 'policy.onnx': toOnnx(net, initParams(net.params, stream('bench', 'network'))) },
  });
  return folder;
}

async function measured(id: string) {
  const environment = await catalogue.environment(id);
  const config = readConfig(environment.spec);
  const { seats } = environment.spec.facts(config);
  const agent = await catalogue.agent(`policy:${await networkOf(environment, config)}`);
  const agents = new Array(seats).fill(agent);
  let steps = 0;
  const play = (seed: number) =>
    runEpisode({ environment, config, seed, agents }, ({ kind }) => {
      if (kind === 'step') steps++;
    });
  const wave = async (from: number) => {
    const playing: Promise<unknown>[] = [];
    for (let at = 0; at < EPISODES; at++) {
      playing.push(play(from + at));
      if (at % TOGETHER === TOGETHER - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(playing);
  };
  // NOTE: the first wave warms the code up and is not counted.
  await wave(0);
  steps = 0;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const began = performance.now();
  const before = process.cpuUsage();
  delay.enable();
  const turns = new Turns();
  for (let at = 1; at <= WAVES; at++) await wave(at * EPISODES);
  turns.stop();
  delay.disable();
  const { user, system } = process.cpuUsage(before);
  const ms = (nanoseconds: number): string => (nanoseconds / 1e6).toFixed(1);
  return {
    'p50, ms': ms(delay.percentile(50)),
    'p99, ms': ms(delay.percentile(99)),
    'max, ms': ms(delay.max),
    'longest turn in processor time, ms': turns.longest.toFixed(1),
    'limit, ms': LIMIT_MS,
    'steps/s': Math.round((steps / (performance.now() - began)) * 1000),
    'steps/s of processor time': Math.round((steps / (user + system)) * 1e6),
  };
}

/** Watches the turns of the event loop. */
class Turns {
  /** Milliseconds of processor time of this thread. */
  longest = 0;
  #stopped = false;

  constructor() {
    let before = threadTime();
    const turn = (): void => {
      const now = threadTime();
      this.longest = Math.max(this.longest, now - before);
      before = now;
      if (!this.#stopped) setImmediate(turn);
    };
    setImmediate(turn);
  }

  stop(): void {
    this.#stopped = true;
  }
}

/** Milliseconds that this thread has run on a processor. SEE: proc(5), /proc/pid/schedstat; 0 where there is none. */
function threadTime(): number {
  if (!existsSync(SCHEDULED)) return 0;
  return Number(readFileSync(SCHEDULED, 'utf8').split(' ')[0]) / 1e6;
}

const rows: { [what: string]: object } = {};
for (const id of ['leduc-poker', 'werewolf']) rows[`${EPISODES} of ${id}`] = await measured(id);
console.table(rows);
rmSync(home, { recursive: true });
