import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type ActTurn,
  Catalogue,
  type Environment,
  Episode,
  type Json,
  type JsonObject,
  type Moves,
  type Rng,
  readConfig,
  stream,
  type Turn,
  wilson,
} from 'ludus';

/**
 * Every environment with numbered tasks: how many of them its scripted players solve, and how fast. `oracle` is to solve
 * all; the others show what an agent gets that looks at little. `solved` is a return of 1 or more, which is what a right result pays.
 * The first TASKS (10,000) of the split to train on are played by each player, all of them for TASKS=all; with
 * ENVIRONMENTS=cloning,calculator those alone. One process a core.
 */
const TASKS = process.env.TASKS === 'all' ? Number.POSITIVE_INFINITY : Number(process.env.TASKS ?? 10_000);
const ASKED = process.env.ENVIRONMENTS?.split(',');

/** What one process found: how many it played and solved, what was paid in all, steps, and some that were not solved. */
interface Count {
  readonly played: number;
  readonly solved: number;
  readonly paid: number;
  readonly steps: number;
  readonly unsolved: readonly string[];
}

async function movesAt(
  environment: Environment,
  episode: Episode,
  turn: Exclude<Turn, ActTurn>,
  rng: Rng,
): Promise<Moves> {
  if (turn.kind === 'chance') return { chance: 'outcomes' in turn ? rng.weighted(turn.outcomes) : turn.draw(rng) };
  if (turn.kind !== 'call') throw new Error(`${episode.environment.spec.id} is over`);
  const { answer } = environment;
  if (answer === undefined) return { answers: turn.sample(rng) };
  const { signal } = new AbortController();
  return { answers: await Promise.all(turn.requests.map((request) => answer.call(environment, request, signal))) };
}

async function playTask(environment: Environment, given: JsonObject, style: string, id: string): Promise<Episode> {
  const config = readConfig(environment.spec, given);
  const rng = stream('science', id);
  const episode = new Episode(environment, config);
  const script = environment.scripted?.seat({ config, seat: 0, style, rng });
  for (let turn = episode.turn; turn.kind !== 'over'; turn = episode.turn) {
    if (turn.kind !== 'act') {
      episode.apply(await movesAt(environment, episode, turn, rng));
      continue;
    }
    const space = turn.spaces[0] as NonNullable<ActTurn['spaces'][0]>;
    const view: Json = environment.view(episode.state, 0);
    const decided = script?.({ space, view, events: episode.heard(0).events, rng });
    episode.apply({ seats: { 0: decided?.move ?? [] } });
  }
  return episode;
}

/** Plays every `step`th task from `first` on. */
async function count(environment: Environment, style: string, first: number, step: number): Promise<Count> {
  const { tasks } = environment;
  const [split, size] = Object.entries(tasks?.sizes ?? {})[0] ?? ['', 0];
  const found = { played: 0, solved: 0, paid: 0, steps: 0, unsolved: [] as string[] };
  for (let index = first; index < Math.min(size, TASKS); index += step) {
    const task = tasks?.at(split, index) as NonNullable<ReturnType<NonNullable<typeof tasks>['at']>>;
    const episode = await playTask(environment, task.config, style, task.id);
    const paid = episode.returns()[0] ?? 0;
    const isSolved = paid >= 1 - 1e-9;
    found.played++;
    found.solved += isSolved ? 1 : 0;
    found.paid += paid;
    found.steps += episode.steps;
    if (!isSolved && found.unsolved.length < 5) found.unsolved.push(task.id);
  }
  return found;
}

const run = promisify(execFile);
const self = fileURLToPath(import.meta.url);

/** The same in processes of their own, one a core. */
async function shared(id: string, style: string): Promise<{ counts: Count[]; seconds: number }> {
  const cores = availableParallelism();
  const began = performance.now();
  const told = await Promise.all(
    Array.from({ length: cores }, (_, first) =>
      run(process.execPath, ['--import', 'tsx', self, id, style, String(first), String(cores)]),
    ),
  );
  const counts = told.map(({ stdout }) => JSON.parse(stdout) as Count);
  return { counts, seconds: (performance.now() - began) / 1000 };
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

function row({ counts, seconds }: { counts: readonly Count[]; seconds: number }): {
  [column: string]: string | number;
} {
  const sum = (part: 'played' | 'solved' | 'paid' | 'steps') => counts.reduce((all, one) => all + one[part], 0);
  const [played, solved] = [sum('played'), sum('solved')];
  const interval = wilson(solved, played);
  return {
    tasks: played,
    solved,
    'share, 95 %':
      interval === null ? '-' : `${percent(interval.share)} (${percent(interval.low)} to ${percent(interval.high)})`,
    'mean return': (sum('paid') / played).toFixed(4),
    'steps a task': (sum('steps') / played).toFixed(1),
    'tasks/s': Math.round(played / seconds),
    'not solved': counts
      .flatMap(({ unsolved }) => unsolved)
      .slice(0, 3)
      .join(' '),
  };
}

const catalogue = new Catalogue();
const [id, style, first, step] = process.argv.slice(2);
if (id !== undefined && style !== undefined) {
  const found = await count(await catalogue.environment(id), style, Number(first), Number(step));
  console.log(JSON.stringify(found));
} else {
  const rows: { [name: string]: ReturnType<typeof row> } = {};
  for (const { id } of catalogue.environments) {
    if (ASKED !== undefined && !ASKED.includes(id)) continue;
    const environment = await catalogue.environment(id);
    if (environment.tasks === undefined) continue;
    for (const style of Object.keys(environment.scripted?.styles ?? {}))
      rows[`${id}, ${style}`] = row(await shared(id, style));
  }
  console.table(rows);
}
