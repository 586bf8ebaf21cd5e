import { actors, type Environment, type VectorForm } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import type { Json } from '../core/json.js';
import { playing, randomly } from './history.js';
import { Findings, type Where } from './report.js';
import type { Law, Trial } from './subject.js';

/** The eighth law: what is offered beside the plain way (a vector, a key) says the same as the plain way. */
export const roads: Law = {
  law: 8,
  title: 'fast ways agree with the plain ones',
  run({ environment, trials }) {
    if (environment.vector === undefined && environment.key === undefined) {
      return { cases: 0, skipped: 'offers no second road', failures: [] };
    }
    const findings = new Findings();
    for (const trial of trials) {
      for (const seed of trial.seeds) {
        findings.guard({ config: trial.name, seed, step: null }, () => travel(environment, trial, seed, findings));
      }
    }
    return findings.verdict('views encoded');
  },
};

function travel(environment: Environment, trial: Trial, seed: string, findings: Findings): void {
  const vector = environment.vector?.(trial.config);
  const episode = new Episode(environment, trial.config);
  const choose = randomly(environment, seed);
  const looking: typeof choose = (turn, now) => {
    const where = { config: trial.name, seed, step: now.steps };
    for (const seat of actors(turn)) {
      const space = turn.kind === 'act' ? turn.spaces[seat] : undefined;
      const view = environment.view(now.state, seat);
      findings.cases++;
      if (environment.key !== undefined) keyIsSound(environment.key, view, where, findings);
      if (vector === undefined) continue;
      vectorIsSound(vector, view, where, findings);
      if (space?.kind === 'choice') optionsAreKnown(vector, space.options, where, findings);
    }
    return choose(turn, now);
  };
  for (const _ of playing(episode, looking));
}

function keyIsSound(key: (view: Json) => string, view: Json, where: Where, findings: Findings): void {
  const name = key(view);
  if (typeof name !== 'string') findings.add('a key is not a text', where, { got: JSON.stringify(name) });
  findings.same('an equal view has another key', where, name, key(JSON.parse(JSON.stringify(view)) as Json));
}

function vectorIsSound(vector: VectorForm, view: Json, where: Where, findings: Findings): void {
  const first = vector.encode(view);
  const before = first.join(' ');
  if (first.length !== vector.length) {
    findings.add('a vector has another length than declared', where, {
      expected: String(vector.length),
      got: String(first.length),
    });
  }
  if (!first.every(Number.isFinite)) findings.add('a vector holds a number that is not finite', where, { got: before });
  const second = vector.encode(JSON.parse(JSON.stringify(view)) as Json);
  findings.same('an equal view has another vector', where, before, second.join(' '));
  if (second === first) findings.add('two vectors share their memory', where);
}

type Options = readonly { readonly id: string }[];

function optionsAreKnown(vector: VectorForm, options: Options, where: Where, findings: Findings): void {
  const { actions } = vector;
  if (new Set(actions).size !== actions.length) findings.add('an action stands twice in the vocabulary', where);
  for (const { id } of options) {
    if (!actions.includes(id)) findings.add('an option is missing from the vocabulary of actions', where, { got: id });
  }
}
