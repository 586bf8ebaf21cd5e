import { actors, type Environment, type Moves, type Turn, type Viewer } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import type { Json } from '../core/json.js';
import { stream } from '../core/rng.js';
import { check } from '../core/space.js';
import { specIsSound, stepIsDeclared, turnIsDeclared } from './declared.js';
import { playing, randomly } from './history.js';
import { deepFreeze, whyNotPlain } from './plain.js';
import { oddMovesAreTaken, refusesBadMoves } from './refusals.js';
import { Findings, type Where } from './report.js';
import type { Law, Subject, Trial } from './subject.js';

/** The second law: rules are pure over plain JSON, take what they offer, refuse the rest, and are as declared. */
export const purity: Law = {
  law: 2,
  title: 'pure rules over plain JSON, as declared; bad moves refused',
  run(subject) {
    const findings = new Findings();
    for (const trial of subject.trials) {
      const where = { config: trial.name, seed: 'none', step: null };
      findings.guard(where, () => specIsSound(subject, trial, where, findings));
      for (const seed of trial.seeds) {
        findings.guard({ ...where, seed }, () => playFrozen(subject, trial, seed, findings));
      }
    }
    return findings.verdict('steps');
  },
};

/** NOTE: trying every bad move at every step would say the same again; one step in so many is enough. */
const REFUSALS_EACH = 3;

/** Plays on frozen states, and beside it on states that went through JSON; both must go the same way. */
function playFrozen({ environment }: Subject, trial: Trial, seed: string, findings: Findings): void {
  const episode = new Episode(environment, trial.config);
  const odd = stream(seed, 'odd moves');
  let revived = throughJson(deepFreeze(episode.state));
  let before = JSON.stringify(episode.state);
  const choose = randomly(environment, seed);
  const frozenly: typeof choose = (turn, now) => {
    const where = { config: trial.name, seed, step: now.steps };
    const moves = deepFreeze(choose(turn, now));
    turnIsDeclared(now, where, findings);
    movesAreStable(environment, turn, moves, where, findings);
    if (now.steps % REFUSALS_EACH === 0) refusesBadMoves(now, moves, where, findings);
    oddMovesAreTaken(environment, now.state, turn, odd, where, findings);
    return moves;
  };
  for (const { moves, step } of playing(episode, frozenly)) {
    const where = { config: trial.name, seed, step: episode.steps };
    findings.cases++;
    stepIsDeclared(episode, step, where, findings);
    const again = environment.apply(revived, throughJson(moves as Json) as Moves);
    findings.same('a state that went through JSON plays on differently', where, bytesOf(step), bytesOf(again));
    findings.same('apply changes its input', where, before, JSON.stringify(revived));
    before = JSON.stringify(deepFreeze(step.state));
    revived = throughJson(step.state);
    readsTheSame(environment, episode, revived, where, findings);
  }
}

function bytesOf(step: object): string {
  const { state, rewards, events } = step as { state: Json; rewards?: Json; events?: Json };
  return JSON.stringify([state, rewards ?? null, events ?? null]);
}

function throughJson(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** Turn and views of the state in play and of its copy are the same plain JSON. */
function readsTheSame(environment: Environment, episode: Episode, copy: Json, where: Where, findings: Findings): void {
  findings.same(
    'turn differs on an equal state',
    where,
    JSON.stringify(episode.turn),
    JSON.stringify(environment.turn(copy)),
  );
  const viewers: Viewer[] = ['all', 'public', ...Array.from({ length: episode.facts.seats }, (_, seat) => seat)];
  for (const viewer of viewers) {
    const view = environment.view(episode.state, viewer);
    const reason = whyNotPlain(view);
    if (reason !== null) findings.add(`the view of ${viewer} is not plain JSON: ${reason}`, where);
    const again = JSON.stringify(environment.view(copy, viewer));
    findings.same(`the view of ${viewer} differs on an equal state`, where, JSON.stringify(view), again);
  }
}

/** Sampled moves pass `check`, and checking again changes nothing. */
function movesAreStable(environment: Environment, turn: Turn, moves: Moves, where: Where, findings: Findings): void {
  const reason = whyNotPlain(moves);
  if (reason !== null) findings.add(`what was sampled is not plain JSON: ${reason}`, where);
  if (turn.kind !== 'act' || !('seats' in moves)) return;
  for (const seat of actors(turn)) {
    const space = turn.spaces[seat];
    if (space === undefined) continue;
    const read = check(environment.spec, space, moves.seats[seat]);
    if (!read.ok) {
      findings.add(`a sampled move is refused: ${read.reason}`, where);
      continue;
    }
    const again = check(environment.spec, space, read.value);
    const got = again.ok ? JSON.stringify(again.value) : again.reason;
    findings.same('checking a checked move changes it', where, JSON.stringify(read.value), got);
  }
}
