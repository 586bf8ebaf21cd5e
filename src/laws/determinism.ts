import type { AgentFactory } from '../core/agent.js';
import { readConfig } from '../core/config.js';
import type { Environment, Viewer } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import { hashOf, type Json, type JsonObject } from '../core/json.js';
import { movesOf, type Progress, playEpisode } from '../core/play.js';
import type { Seed } from '../core/rng.js';
import { sample } from '../core/space.js';
import { type Choose, playing, randomEpisode, randomly, replaying } from './history.js';
import { Findings, type Verdict, type Where } from './report.js';
import type { Law, Subject, Trial } from './subject.js';

/** The first law: same environment version, configuration, seed and moves give the same bytes, whatever runs between. */
export const determinism: Law = {
  law: 1,
  title: 'same seed and moves, same bytes, whatever else runs',
  async run(subject) {
    const findings = new Findings();
    for (const trial of subject.trials) {
      for (const seed of trial.seeds) findings.guard(at(trial, seed), () => sameAgain(subject, trial, seed, findings));
      for (const seed of trial.seeds.slice(0, LOOPS)) {
        await findings.guardAsync(at(trial, seed), () => sameLoop(subject, trial, seed, findings));
      }
    }
    return findings.verdict('episodes played again') satisfies Verdict;
  },
};

/** How many seeds of a configuration go through the step loop as well. */
const LOOPS = 5;

function at(trial: Trial, seed: string, step: number | null = null): Where {
  return { config: trial.name, seed, step };
}

function sameAgain(subject: Subject, trial: Trial, seed: string, findings: Findings): void {
  const { environment } = subject;
  const { moves } = randomEpisode(environment, trial.config, seed);
  const first = [...traced(environment, trial.config, replaying(moves))];
  const second = [...traced(environment, trial.config, replaying(moves))];
  const among = [...interleaved(traced(environment, trial.config, replaying(moves)), neighbours(subject, trial, seed))];
  compare('the same moves lead elsewhere', first, second, at(trial, seed), findings);
  compare(
    'the same moves lead elsewhere when other episodes run between the steps',
    first,
    among,
    at(trial, seed),
    findings,
  );
  findings.cases++;
}

function compare(
  what: string,
  first: readonly string[],
  second: readonly string[],
  where: Where,
  findings: Findings,
): void {
  for (let step = 0; step < Math.max(first.length, second.length); step++) {
    if (!findings.same(what, { ...where, step }, first[step] ?? 'the end', second[step] ?? 'the end')) return;
  }
}

/** Everything that can be read after each step, as text: state, turn, events, rewards and all views. */
function* traced(environment: Environment, config: JsonObject, choose: Choose): Generator<string> {
  const episode = new Episode(environment, config);
  yield bytes(episode, null);
  for (const { step } of playing(episode, choose))
    yield bytes(episode, [step.events ?? [], step.rewards ?? {}] as Json);
}

function bytes(episode: Episode, step: Json): string {
  const { environment, state, turn, facts } = episode;
  const viewers: Viewer[] = ['all', 'public', ...Array.from({ length: facts.seats }, (_, seat) => seat)];
  return JSON.stringify([state, turn, step, viewers.map((viewer) => environment.view(state, viewer))]);
}

/** Endless episodes of the same environment, of the same under another configuration, and of others. */
function neighbours({ environment, trials, others }: Subject, trial: Trial, seed: string): Iterator<unknown>[] {
  const other = trials.find(({ name }) => name !== trial.name) ?? trial;
  const tables = [
    { environment, config: trial.config },
    { environment, config: other.config },
    ...others.map((neighbour) => ({ environment: neighbour, config: readConfig(neighbour.spec) })),
  ];
  return tables.map((table, index) => endless(table.environment, table.config, `${seed} beside ${index}`));
}

function* endless(environment: Environment, config: JsonObject, seed: string): Generator<unknown> {
  for (let round = 0; ; round++) {
    const episode = new Episode(environment, config);
    for (const _ of playing(episode, randomly(environment, `${seed}/${round}`)))
      yield environment.view(episode.state, 'all');
  }
}

function* interleaved(main: Iterable<string>, beside: readonly Iterator<unknown>[]): Generator<string> {
  for (const line of main) {
    for (const neighbour of beside) neighbour.next();
    yield line;
  }
}

/** The step loop with random agents: alone, with another episode between its steps, and its moves played plainly. */
async function sameLoop({ environment }: Subject, trial: Trial, seed: string, findings: Findings): Promise<void> {
  const alone = await collect(looped(environment, trial.config, seed));
  const beside = looped(environment, trial.config, `${seed} beside`);
  const among = await collect(looped(environment, trial.config, seed), () => beside.next());
  const lines = (progress: readonly Progress[]) => progress.map(lineOf);
  compare(
    'the step loop plays another episode when one runs beside it',
    lines(alone),
    lines(among),
    at(trial, seed),
    findings,
  );
  const steps = alone.flatMap((progress) => (progress.kind === 'step' ? [progress.step] : []));
  const plain = new Episode(environment, trial.config);
  for (const step of steps) plain.apply(movesOf(step));
  const where = at(trial, seed, steps.length);
  findings.same(
    'the step loop and plain play differ',
    where,
    hashOf(plain.state),
    steps.at(-1)?.hash ?? hashOf(plain.state),
  );
  findings.cases++;
}

async function collect(progress: AsyncGenerator<Progress>, between?: () => Promise<unknown>): Promise<Progress[]> {
  const found: Progress[] = [];
  for await (const one of progress) {
    found.push(one);
    await between?.();
  }
  return found;
}

function looped(environment: Environment, config: JsonObject, seed: Seed): AsyncGenerator<Progress> {
  const { seats } = environment.spec.facts(config);
  const agents = Array.from({ length: seats }, () => randomAgent);
  const answer = () => Promise.resolve({ error: 'nobody answers under law' });
  return playEpisode({ environment, config, seed, agents, answer, hash: true });
}

const randomAgent: AgentFactory = ({ environment, rng }) => ({
  manifest: { agent: 'random' },
  act: ({ space }) => ({ move: sample(environment.spec, space, rng) }),
});

function lineOf(progress: Progress): string {
  switch (progress.kind) {
    case 'started':
      return JSON.stringify([progress.hash, progress.episode.turn.kind]);
    case 'step':
      return JSON.stringify([progress.step, progress.events, progress.turn]);
    case 'ended':
      return JSON.stringify(progress.ending);
  }
}
