import type { Facts } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import { MoveRefused } from '../core/errors.js';
import { playing, randomly } from './history.js';
import { Findings, type Where } from './report.js';
import type { Law, Subject, Trial } from './subject.js';

/** The third law: episodes end within the horizon, returns are as declared, and nothing comes after the end. */
export const returns: Law = {
  law: 3,
  title: 'ends within its horizon, returns as declared',
  run(subject) {
    const findings = new Findings();
    for (const trial of subject.trials) {
      const where = { config: trial.name, seed: 'none', step: null };
      findings.guard(where, () => horizonIsSane(subject.environment.spec.facts(trial.config), where, findings));
      findings.guard(where, () => playTrial(subject, trial, findings));
    }
    return findings.verdict('episodes');
  },
};

const EXACT = 1e-9;
/** NOTE: a horizon is an upper bound, and random play may be far from it; a hundred times too far is a wrong figure. */
const ABSURD = 100;

function horizonIsSane({ horizon, utility }: Facts, where: Where, findings: Findings): void {
  if (!Number.isSafeInteger(horizon) || horizon < 1)
    findings.add(`the horizon is ${horizon}, no whole number from 1`, where);
  if (!(utility.min <= utility.max)) findings.add(`the utility goes from ${utility.min} to ${utility.max}`, where);
}

function playTrial({ environment }: Subject, trial: Trial, findings: Findings): void {
  let longest = 0;
  let constant: number | null = null;
  for (const seed of trial.seeds) {
    const where: Where = { config: trial.name, seed, step: null };
    findings.guard(where, () => {
      const episode = new Episode(environment, trial.config);
      for (const _ of playing(episode, randomly(environment, seed)));
      findings.cases++;
      longest = Math.max(longest, episode.steps);
      if (!endsInTime(episode, where, findings)) return;
      const sum = utilityHolds(episode, where, findings);
      constant ??= sum;
      if (episode.facts.utility.kind === 'constant-sum' && Math.abs(sum - constant) > EXACT) {
        findings.add('the sum of the returns is not constant', where, { expected: String(constant), got: String(sum) });
      }
      endIsTheEnd(episode, where, findings);
    });
  }
  const { horizon } = environment.spec.facts(trial.config);
  if (horizon > ABSURD * longest) {
    const what = `the horizon is absurd: ${horizon} steps, and no episode had more than ${longest}`;
    findings.add(what, { config: trial.name, seed: 'all', step: null });
  }
}

function endsInTime({ turn, steps, facts }: Episode, where: Where, findings: Findings): boolean {
  if (turn.kind === 'over' && steps <= facts.horizon) return true;
  findings.add(
    'not over within the horizon',
    { ...where, step: steps },
    { expected: `at most ${facts.horizon} steps` },
  );
  return false;
}

/** Checks the returns of a finished episode against the declared utility; gives their sum. */
function utilityHolds(episode: Episode, where: Where, findings: Findings): number {
  const { kind, min, max } = episode.facts.utility;
  const paid = episode.returns();
  const sum = paid.reduce((total, amount) => total + amount, 0);
  const got = `returns ${paid.join(', ')}`;
  if (!paid.every((amount) => amount >= min - EXACT && amount <= max + EXACT)) {
    findings.add('a return is out of bounds', where, { expected: `from ${min} to ${max}`, got });
  }
  if (kind === 'zero-sum' && Math.abs(sum) > EXACT) findings.add('returns do not add up to 0', where, { got });
  if (kind === 'identical' && paid.some((amount) => Math.abs(amount - (paid[0] ?? 0)) > EXACT)) {
    findings.add('returns are not the same for all seats', where, { got });
  }
  return sum;
}

function endIsTheEnd(episode: Episode, where: Where, findings: Findings): void {
  const before = JSON.stringify([episode.state, episode.turn, episode.paid, episode.log.length]);
  const refused = [{ seats: {} }, { chance: null }, { answers: [] }].every((moves) => {
    try {
      episode.apply(moves);
      return false;
    } catch (thrown) {
      return thrown instanceof MoveRefused;
    }
  });
  if (!refused) findings.add('something can be played after the end', where);
  const after = JSON.stringify([episode.state, episode.turn, episode.paid, episode.log.length]);
  findings.same('something is paid or told after the end', where, before, after);
}
