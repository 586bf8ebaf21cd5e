import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  type ActTurn,
  actors,
  Catalogue,
  type Environment,
  Episode,
  type Json,
  type JsonObject,
  type Move,
  Observation,
  type Rng,
  readConfig,
  sample,
  stream,
  type Turn,
} from 'ludus';

/**
 * Each environment in a process of its own: code that has run several others is slower.
 *
 * Steps a second under random play, one thread, default configurations.
 * - `nobody listening`: the plain contract, turn + sample + apply
 * - `in words`: the same moves through an episode, with the whole observation of every asked seat written out
 */
const SECONDS = 1;

function play(environment: Environment, config: JsonObject, rng: Rng): number {
  let steps = 0;
  let state: Json = environment.start(config);
  const { seats } = environment.spec.facts(config);
  for (let turn = environment.turn(state); turn.kind !== 'over'; turn = environment.turn(state)) {
    state = environment.apply(state, movesOf(environment, turn, rng, seats)).state;
    steps++;
  }
  return steps;
}

function movesOf(environment: Environment, turn: Exclude<Turn, { kind: 'over' }>, rng: Rng, count: number) {
  if (turn.kind === 'chance') return { chance: 'outcomes' in turn ? rng.weighted(turn.outcomes) : turn.draw(rng) };
  if (turn.kind === 'call') return { answers: turn.sample(rng) };
  const seats: { [seat: number]: Move } = {};
  for (const seat of actors(turn, count)) seats[seat] = sample(environment.spec, spaceOf(turn, seat), rng);
  return { seats };
}

function spaceOf(turn: ActTurn, seat: number) {
  return turn.spaces[seat] as ActTurn['spaces'][number];
}

let read = 0;

function playInWords(environment: Environment, config: JsonObject, rng: Rng): number {
  const episode = new Episode(environment, config);
  const asking = { rng, attempt: 1, refused: null, budgetMs: null, signal: null, fresh: 0 };
  const { seats } = episode.facts;
  for (let turn = episode.turn; turn.kind !== 'over'; turn = episode.turn) {
    for (const seat of actors(turn, seats)) {
      const { text } = new Observation(episode, seat, spaceOf(turn as ActTurn, seat), asking);
      // NOTE: looking at a character makes the engine really build the text.
      read += text.charCodeAt(text.length - 1);
    }
    episode.apply(movesOf(environment, turn, rng, seats));
  }
  return episode.steps;
}

function rate(run: (rng: Rng) => number): number {
  const rng = stream('bench', 'chance');
  for (const until = performance.now() + 300; performance.now() < until; ) run(rng);
  let steps = 0;
  const began = performance.now();
  while (performance.now() - began < SECONDS * 1000) for (let i = 0; i < 20; i++) steps += run(rng);
  return steps / ((performance.now() - began) / 1000);
}

const catalogue = new Catalogue();
const [asked] = process.argv.slice(2);
if (asked === undefined) {
  const self = fileURLToPath(import.meta.url);
  const rows = catalogue.environments.map(({ id }) => {
    const told = execFileSync(process.execPath, ['--import', 'tsx', self, id], { encoding: 'utf8' });
    return [id, JSON.parse(told) as { [column: string]: string }] as const;
  });
  console.table(Object.fromEntries(rows));
} else {
  const environment = await catalogue.environment(asked);
  const config = readConfig(environment.spec);
  const plain = rate((rng) => play(environment, config, rng));
  const words = rate((rng) => playInWords(environment, config, rng));
  const figures = {
    'nobody listening, steps/s': Math.round(plain).toLocaleString('en'),
    'every observation in words, steps/s': Math.round(words).toLocaleString('en'),
    'characters looked at': read > 0 ? 'yes' : 'none',
  };
  console.log(JSON.stringify(figures));
}
