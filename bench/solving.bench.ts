import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  Catalogue,
  Evaluator,
  type Game,
  gameOf,
  inWasm,
  type Json,
  RandomPlay,
  readConfig,
  type Scheme,
  type Solving,
  solver,
  stream,
} from 'ludus';

/**
 * Solvers by road, exact NashConv and random play, each case in a process of its own: kernels that have run several
 * games are slower. Rates are of one thread in CPU time, the best of several stretches.
 *
 * `OpenSpiel` is what OpenSpiel 2.0.1 (C++, Release) does a second on two cores with Node 20, measured once; ratios to
 * it are good to about 20 %.
 */
const STRETCHES = 7;
const STRETCH_SECONDS = 0.25;

interface Case {
  readonly environment: string;
  readonly set?: { readonly [path: string]: Json };
  /** Per second. */
  readonly openSpiel: number;
  /** Makes ready what is measured; the measured function does as many as it is told. */
  prepare(game: Game): Promise<(count: number) => void>;
}

const CFR_PLUS: Scheme = { updates: 'alternating', averaging: 1, keep: 'positive', predictive: false };
const MERGED = { suits: 'merged' };

const CASES: { readonly [name: string]: Case } = {
  'CFR simultaneous, flat': { ...leduc(381), prepare: solving('cfr', 'flat') },
  'CFR simultaneous, payoffs': { ...leduc(381), prepare: solving('cfr', 'payoffs') },
  'CFR simultaneous, vector': { ...leduc(381), prepare: solving('cfr', 'vector') },
  'CFR simultaneous, wasm': { ...leduc(381), prepare: solving('cfr', 'wasm') },
  'CFR alternating, flat': { ...leduc(171), prepare: solving('cfr', 'flat', { updates: 'alternating' }) },
  'CFR+, flat': { ...leduc(149), prepare: solving('cfr+', 'flat') },
  'CFR+, payoffs': { ...leduc(149), prepare: solving('cfr+', 'payoffs') },
  'CFR+, vector': { ...leduc(149), prepare: solving('cfr+', 'vector') },
  'CFR+, wasm': { ...leduc(149), prepare: solving('cfr+', 'wasm') },
  'CFR+, suits merged, vector': { ...leduc(722, MERGED), prepare: solving('cfr+', 'vector') },
  'CFR+, suits merged, wasm': { ...leduc(722, MERGED), prepare: solving('cfr+', 'wasm') },
  'CFR+, suits merged, wasm f32': { ...leduc(722, MERGED), prepare: inSinglePrecision },
  "liar's dice, CFR, flat": { ...liarsDice(13), prepare: solving('cfr', 'flat') },
  "liar's dice, CFR+, vector": { ...liarsDice(10), prepare: solving('cfr+', 'vector') },
  "liar's dice, CFR+, wasm": { ...liarsDice(10), prepare: solving('cfr+', 'wasm') },
  'external sampling': { ...leduc(48_000), prepare: solving('external-mccfr', 'flat') },
  "liar's dice, external sampling": { ...liarsDice(14_000), prepare: solving('external-mccfr', 'flat') },
  'exact NashConv': { ...leduc(1 / 0.071), prepare: grading },
  'random games': { ...leduc(1_590_000), prepare: playing },
  'tic-tac-toe, random games': { environment: 'tic-tac-toe', openSpiel: 1_280_000, prepare: playing },
};

function leduc(openSpiel: number, set: { readonly [path: string]: Json } = {}) {
  return { environment: 'leduc-poker', set, openSpiel };
}

function liarsDice(openSpiel: number) {
  return { environment: 'liars-dice', openSpiel };
}

async function opened(game: Game, algorithm: string, road: string, options = {}): Promise<Solving> {
  const found = (await solver(algorithm)).roads[road];
  if (found === undefined) throw new Error(`${algorithm} has no road ${road}`);
  return found.open(game, options, stream('bench', 'solver'));
}

function solving(algorithm: string, road: string, options = {}): Case['prepare'] {
  return async (game) => {
    const at = await opened(game, algorithm, road, options);
    return (count) => at.iterate(count);
  };
}

async function inSinglePrecision(game: Game) {
  const at = inWasm(game.tree(), CFR_PLUS, 'f32');
  return (count: number) => at.iterate(count);
}

async function grading(game: Game) {
  const at = await opened(game, 'cfr+', 'vector');
  at.iterate(10);
  const evaluator = new Evaluator(game.tree());
  const { probabilities } = at.strategy();
  return (count: number) => {
    for (let i = 0; i < count; i++) evaluator.nashConv(probabilities);
  };
}

async function playing(game: Game) {
  const random = new RandomPlay(game.tree());
  const rng = stream('bench', 'games');
  return (count: number) => {
    random.play(count, rng);
  };
}

function cpuSeconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function rate(run: (count: number) => void): Promise<number> {
  let count = 1;
  await settled(() => run(count));
  // NOTE: the first rounds compile, so how many fit into a stretch shows only once that is over.
  while (cpuSeconds(() => run(count)) < STRETCH_SECONDS) {
    count *= 2;
    await settled(() => run(count));
  }
  let best = 0;
  for (let stretch = 0; stretch < STRETCHES; stretch++) best = Math.max(best, count / cpuSeconds(() => run(count)));
  return best;
}

/**
 * Runs until nothing is compiled any more.
 * NOTE: engines compile hot code again in threads of their own, whose time counts as ours, many seconds for a large
 * program. They are at rest when this process takes no time while it waits.
 */
async function settled(run: () => void): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    run();
    const before = process.cpuUsage();
    await setTimeout(100);
    const { user, system } = process.cpuUsage(before);
    if (user + system > 5_000) quiet = -1;
  }
}

/** Milliseconds of iterations until NashConv is below 1e-3: from a cold start, and again from the same start when warm. */
async function timeToSolve(road: string, set: { readonly [path: string]: Json }): Promise<[number, number, number]> {
  const game = await gameNamed('leduc-poker', set);
  const at = await opened(game, 'dcfr', road);
  const start = at.save();
  const evaluator = new Evaluator(game.tree());
  const cold = { spent: 0 };
  while (evaluator.nashConv(at.strategy().probabilities).nashConv >= 1e-3) {
    cold.spent += cpuSeconds(() => at.iterate(10));
  }
  const needed = at.iterations;
  await settled(() => {
    at.restore(start);
    at.iterate(needed);
  });
  let warm = Number.POSITIVE_INFINITY;
  for (let again = 0; again < 9; again++) {
    at.restore(start);
    warm = Math.min(
      warm,
      cpuSeconds(() => at.iterate(needed)),
    );
  }
  return [needed, 1000 * cold.spent, 1000 * warm];
}

async function gameNamed(id: string, set: { readonly [path: string]: Json } = {}): Promise<Game> {
  const environment = await new Catalogue().environment(id);
  return gameOf(environment, readConfig(environment.spec, { set }));
}

const TIMES: { readonly [name: string]: readonly [road: string, set: { readonly [path: string]: Json }] } = {
  'flat, to 1e-3': ['flat', {}],
  'payoffs, to 1e-3': ['payoffs', {}],
  'vector, to 1e-3': ['vector', {}],
  'wasm, to 1e-3': ['wasm', {}],
  'suits merged, vector, to 1e-3': ['vector', MERGED],
  'suits merged, wasm, to 1e-3': ['wasm', MERGED],
};

async function rowOf(name: string): Promise<{ readonly [column: string]: string }> {
  const time = TIMES[name];
  if (time !== undefined) {
    const [iterations, cold, warm] = await timeToSolve(...time);
    return { iterations: `${iterations}`, 'ms, cold': cold.toFixed(1), 'ms, warm': warm.toFixed(2) };
  }
  const { environment, set, openSpiel, prepare } = CASES[name] as Case;
  const found = await rate(await prepare(await gameNamed(environment, set)));
  const shown = (number: number) => Math.round(number).toLocaleString('en');
  return { 'a second': shown(found), OpenSpiel: shown(openSpiel), ratio: (found / openSpiel).toFixed(0) };
}

/** `npm run bench -- solving` runs all; this file with a part of a name runs those. */
const [asked = '', only] = process.argv.slice(2);
if (only === 'only') console.log(JSON.stringify(await rowOf(asked)));
else {
  const self = fileURLToPath(import.meta.url);
  const run = (name: string) => {
    const told = execFileSync(process.execPath, ['--import', 'tsx', self, name, 'only'], { encoding: 'utf8' });
    return [name, JSON.parse(told) as { [column: string]: string }] as const;
  };
  for (const [title, names] of [
    ['Leduc unless it says otherwise, iterations or games a second', Object.keys(CASES)],
    ['Leduc by DCFR to NashConv 1e-3, iterating only', Object.keys(TIMES)],
  ] as const) {
    const rows = names.filter((name) => name.includes(asked)).map(run);
    if (rows.length > 0) console.log(`${title}; load ${loadavg()[0]?.toFixed(1)}`);
    if (rows.length > 0) console.table(Object.fromEntries(rows));
  }
}
