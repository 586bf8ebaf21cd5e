import { readConfig } from '../core/config.js';
import { actors, type Environment, type Moves, type Script } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import { inHindsight, reachesGoal } from '../core/hindsight.js';
import { stream } from '../core/rng.js';
import type { Move } from '../core/space.js';
import { type Choose, playing, randomly } from './history.js';
import { Findings, type Where } from './report.js';
import type { Law, Trial } from './subject.js';

/** The ninth law: what is said to be reached in hindsight is reached by the very same moves. */
export const hindsight: Law = {
  law: 9,
  title: 'goals reached in hindsight are reached',
  run({ environment, trials }) {
    if (environment.hindsight === undefined) return { cases: 0, skipped: 'offers no hindsight', failures: [] };
    const findings = new Findings();
    for (const trial of trials) {
      for (const seed of trial.seeds) {
        const where = { config: trial.name, seed, step: null };
        findings.guard(where, () => lookBack(environment, trial, seed, where, findings));
      }
    }
    const { cases } = findings;
    if (cases === 0) findings.add('no failed episode was found to have reached another goal', ANYWHERE);
    return findings.verdict('failed episodes relabelled');
  },
};

const ANYWHERE: Where = { config: 'all', seed: 'all', step: null };

/** NOTE: random moves reach a goal about never, so the environment's own players are watched failing too. */
function lookBack(environment: Environment, trial: Trial, seed: string, where: Where, findings: Findings): void {
  const styles = Object.keys(environment.scripted?.styles ?? {});
  const players = [randomly(environment, seed), ...styles.map((style) => scriptedly(environment, trial, seed, style))];
  for (const choose of players) {
    const episode = new Episode(environment, trial.config);
    const moves: Moves[] = [];
    for (const happened of playing(episode, choose)) moves.push(happened.moves);
    if (episode.facts.seats !== 1) findings.add('hindsight is for one seat', where);
    else if (!reachesGoal(episode.facts, episode.returns()[0] ?? 0)) holds(environment, trial, moves, where, findings);
  }
}

function holds(
  environment: Environment,
  { config }: Trial,
  moves: readonly Moves[],
  where: Where,
  findings: Findings,
): void {
  const before = JSON.stringify([config, moves]);
  const goal = environment.hindsight?.(config, moves);
  findings.same('hindsight changes what it is given', where, before, JSON.stringify([config, moves]));
  const again = environment.hindsight?.(config, moves);
  findings.same(
    'hindsight says another goal of the same moves',
    where,
    String(JSON.stringify(goal)),
    String(JSON.stringify(again)),
  );
  if (goal === undefined) return;
  findings.cases++;
  const read = readConfig(environment.spec, { set: goal });
  findings.same('the configuration of hindsight is not complete', where, JSON.stringify(read), JSON.stringify(goal));
  const found = inHindsight(environment, config, moves);
  if (typeof found === 'string') findings.add(`hindsight is wrong: ${found}`, where);
}

function scriptedly(environment: Environment, { config }: Trial, seed: string, style: string): Choose {
  const other = randomly(environment, `${seed} ${style}`);
  const rng = stream(seed, `hindsight ${style}`);
  const scripts = new Map<number, Script>();
  const scriptOf = (seat: number): Script => {
    const known = scripts.get(seat) ?? environment.scripted?.seat({ config, seat, style, rng });
    if (known === undefined) throw new Error(`there is no scripted style ${style}`);
    scripts.set(seat, known);
    return known;
  };
  return (turn, episode) => {
    if (turn.kind !== 'act') return other(turn, episode);
    const seats: { [seat: number]: Move } = {};
    for (const seat of actors(turn)) {
      const space = turn.spaces[seat];
      if (space === undefined) continue;
      const { events } = episode.heard(seat);
      const view = environment.view(episode.state, seat);
      seats[seat] = scriptOf(seat)({ space, view, events, rng }).move;
    }
    return { seats };
  };
}
