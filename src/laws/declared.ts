import { basename } from 'node:path';
import { readConfig } from '../core/config.js';
import { actors, type Event, type Step, weightsOf } from '../core/environment.js';
import type { Episode } from '../core/episode.js';
import type { Json } from '../core/json.js';
import { type ActionSpace, describedIn } from '../core/space.js';
import { whyNotPlain } from './plain.js';
import type { Findings, Where } from './report.js';
import type { Subject, Trial } from './subject.js';

/** What can be said of a spec without playing: names, texts, figures and configurations hold together. */
export function specIsSound(
  { environment, folder }: Subject,
  { config }: Trial,
  where: Where,
  findings: Findings,
): void {
  const { spec } = environment;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(:.+)?$/.test(spec.id))
    findings.add(`the id "${spec.id}" is not of the form some-words-2, nor some-family:argument`, where);
  if (folder !== null && basename(folder) !== spec.id)
    findings.add(`"${spec.id}" lies in the folder "${basename(folder)}"`, where);
  if (!/^\d+\.\d+\.\d+$/.test(spec.version))
    findings.add(`the version "${spec.version}" is not of the form 1.2.3`, where);
  if (spec.rules(config).trim() === '') findings.add('there is no text of rules', where);
  const reason = whyNotPlain(config);
  if (reason !== null) findings.add(`the configuration is not plain JSON: ${reason}`, where);
  const again = JSON.stringify(readConfig(spec, { set: config }));
  findings.same('reading a complete configuration changes it', where, JSON.stringify(config), again);
  for (const [part, weight] of Object.entries(weightsOf(spec, config))) {
    if (!Number.isFinite(weight)) findings.add(`the weight of ${part} is ${weight}`, where);
  }
  const { seats } = spec.facts(config);
  if (!Number.isSafeInteger(seats) || seats < 1) findings.add(`there are ${seats} seats`, where);
}

/** What a step brought is plain JSON and declared in the spec: kinds of events, their addressees, parts of reward. */
export function stepIsDeclared(episode: Episode, step: Step<Json>, where: Where, findings: Findings): void {
  const parts = [
    ['the state', step.state],
    ['an event', step.events ?? []],
    ['a reward', step.rewards ?? {}],
  ] as const;
  for (const [name, value] of parts) {
    const reason = whyNotPlain(value);
    if (reason !== null) findings.add(`${name} is not plain JSON: ${reason}`, where);
  }
  for (const event of step.events ?? []) eventIsDeclared(episode, event, where, findings);
  for (const [seat, paid] of Object.entries(step.rewards ?? {})) {
    if (!isSeat(episode, Number(seat))) findings.add(`seat ${seat} is paid but not at the table`, where);
    for (const part of Object.keys(paid)) {
      if (!Object.hasOwn(episode.environment.spec.rewards, part))
        findings.add(`the part "${part}" is not declared`, where);
    }
  }
}

function eventIsDeclared(episode: Episode, event: Event, where: Where, findings: Findings): void {
  const { kind, to } = event;
  if (!Object.hasOwn(episode.environment.spec.events, kind))
    findings.add(`events of kind "${kind}" are not declared`, where);
  if (to === 'all') return;
  const got = { got: JSON.stringify(to) };
  if (!Array.isArray(to) || !to.every((seat) => isSeat(episode, seat)) || new Set(to).size !== to.length) {
    findings.add(`"${kind}" is not addressed to all or to a list of different seats`, where, got);
  } else if (episode.facts.information === 'perfect' && to.length < episode.facts.seats) {
    findings.add(`information is declared perfect, but "${kind}" is not told to everybody`, where, got);
  }
}

function isSeat({ facts }: Episode, seat: number): boolean {
  return Number.isSafeInteger(seat) && seat >= 0 && seat < facts.seats;
}

/** The turn is as the facts say: who may be asked, whether chance and outside calls occur, and in which form. */
export function turnIsDeclared(episode: Episode, where: Where, findings: Findings): void {
  const { turn, facts } = episode;
  if (turn.kind === 'act') spacesAreSound(episode, turn.spaces, where, findings);
  if (turn.kind === 'chance') {
    if (facts.chance === 'none') findings.add('there is a chance turn, and chance is declared "none"', where);
    if ('outcomes' in turn) outcomesAreSound(turn.outcomes, where, findings);
    else if (facts.chance === 'listed') findings.add('chance is drawn, and declared "listed"', where);
  }
  if (turn.kind === 'call') {
    if (!facts.calls) findings.add('there is an outside call, and none is declared', where);
    const reason = whyNotPlain(turn.requests);
    if (reason !== null) findings.add(`a request is not plain JSON: ${reason}`, where);
  }
}

type Spaces = { readonly [seat: number]: ActionSpace };

function spacesAreSound(episode: Episode, spaces: Spaces, where: Where, findings: Findings): void {
  const seats = actors({ kind: 'act', spaces });
  if (seats.length === 0) findings.add('a turn asks nobody', where);
  if (!seats.every((seat) => isSeat(episode, seat))) findings.add('a seat is asked that is not at the table', where);
  if (seats.length > 1 && episode.facts.dynamics === 'sequential') {
    findings.add('several seats are asked at once, and the dynamics are declared sequential', where);
  }
  const reason = whyNotPlain(spaces);
  if (reason !== null) findings.add(`a space is not plain JSON: ${reason}`, where);
  for (const seat of seats) spaceIsSound(episode, spaces[seat] as ActionSpace, where, findings);
}

function spaceIsSound({ environment: { spec } }: Episode, space: ActionSpace, where: Where, findings: Findings): void {
  switch (space.kind) {
    case 'choice': {
      const ids = space.options.map(({ id }) => id);
      if (ids.length === 0) findings.add('a choice has no options', where);
      if (new Set(ids).size !== ids.length)
        findings.add('two options have the same id', where, { got: ids.join(', ') });
      if (ids.some((id) => id.trim() === '')) findings.add('an option has an empty id', where);
      return;
    }
    case 'text':
      if (!Number.isSafeInteger(space.maxChars) || space.maxChars < 1)
        findings.add(`maxChars is ${space.maxChars}`, where);
      return;
    case 'tools':
      for (const tool of space.tools)
        if (!spec.tools?.[tool] && describedIn(space, tool) === undefined)
          findings.add(`the tool "${tool}" is not declared`, where);
      return;
    case 'form':
      if (!spec.forms?.[space.form]) findings.add(`the form "${space.form}" is not declared`, where);
  }
}

const EXACT = 1e-9;

function outcomesAreSound(outcomes: readonly (readonly [Json, number])[], where: Where, findings: Findings): void {
  const sum = outcomes.reduce((total, [, probability]) => total + probability, 0);
  if (Math.abs(sum - 1) > EXACT)
    findings.add('probabilities of chance do not add up to 1', where, { got: String(sum) });
  if (!outcomes.every(([, probability]) => probability > 0))
    findings.add('an outcome of chance has no probability', where);
  if (new Set(outcomes.map(([outcome]) => JSON.stringify(outcome))).size !== outcomes.length) {
    findings.add('an outcome of chance is listed twice', where);
  }
  const reason = whyNotPlain(outcomes);
  if (reason !== null) findings.add(`an outcome is not plain JSON: ${reason}`, where);
}
