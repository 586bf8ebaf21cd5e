import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../core/config.js';
import { actors, type Environment, type Event, seatName, type Turn, type Viewer } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import { fingerprint, hashOf } from '../core/json.js';
import type { ActionSpace } from '../core/space.js';
import { type Configuration, standardConfigurations } from './configurations.js';
import { type Happened, movesLine, playing, randomly } from './history.js';
import { Findings } from './report.js';
import type { Law } from './subject.js';

/** The fifth law: a transcript kept in the folder is what the same version plays today. */
export const golden: Law = {
  law: 5,
  title: 'golden transcript is what is played',
  run({ environment, folder }) {
    if (folder === null) return { cases: 0, skipped: 'no folder was given to look for golden.txt', failures: [] };
    const kept = readGolden(folder);
    if (kept === null) return { cases: 0, skipped: 'there is no golden.txt yet; --golden writes it', failures: [] };
    const findings = new Findings();
    const where = { config: 'default and presets', seed: SEED, step: null };
    findings.guard(where, () => {
      findings.cases = standardConfigurations(environment).length;
      const id = environment.spec.id;
      if (versionOf(kept) !== environment.spec.version) {
        const what = `golden.txt is of version ${versionOf(kept)}; npm run golden -- ${id} writes that of ${environment.spec.version}`;
        findings.add(what, where);
      } else
        findings.same('the same version plays otherwise than golden.txt', where, kept, goldenTranscript(environment));
    });
    return findings.verdict('transcripts');
  },
};

const SEED = 'golden';
/** NOTE: a reader looks at the first steps; those after are kept as a hash, so that files stay small. */
const PRINTED = { default: 60, preset: 20 };
const LONGEST_VIEW = 160;

/** What came of writing a transcript. `refused`: it changed under the same version, and the old one was kept. */
export type Written = 'new' | 'unchanged' | 'rewritten' | 'refused';

/** Writes `golden.txt` into the environment's folder, unless play changed while the version did not. */
export function writeGolden(environment: Environment, folder: string): Written {
  const fresh = goldenTranscript(environment);
  const kept = readGolden(folder);
  if (kept === fresh) return 'unchanged';
  if (kept !== null && versionOf(kept) === environment.spec.version) return 'refused';
  writeFileSync(join(folder, 'golden.txt'), fresh);
  return kept === null ? 'new' : 'rewritten';
}

function readGolden(folder: string): string | null {
  const file = join(folder, 'golden.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : null;
}

function versionOf(transcript: string): string {
  return /^version (\S+)$/m.exec(transcript)?.[1] ?? 'unknown';
}

/**
 * One seeded random episode of the default configuration and of each preset, with everything that can be read: rules,
 * turns, moves, events with whom they are told in words, views, rewards, the end. Ends with a hash of itself.
 */
export function goldenTranscript(environment: Environment): string {
  const { spec } = environment;
  const lines = [`environment ${spec.id}`, `version ${spec.version}`];
  for (const configuration of standardConfigurations(environment))
    lines.push('', ...episodeLines(environment, configuration));
  const text = `${lines.join('\n')}\n`;
  return `${text}\nhash ${fingerprint(text)}\n`;
}

function episodeLines(environment: Environment, { name, config }: Configuration): string[] {
  const episode = new Episode(environment, config);
  const shown = new Map<Viewer, string>();
  const first = viewLines(episode, shown);
  const steps: string[][] = [];
  for (const happened of playing(episode, randomly(environment, SEED))) {
    steps.push([...stepLines(episode, happened), ...viewLines(episode, shown), '']);
  }
  const printed = name === 'default' ? PRINTED.default : PRINTED.preset;
  const rest = steps.slice(printed).flat();
  const left = steps.length - printed;
  return [
    `== ${name}`,
    `config ${JSON.stringify(config)}`,
    `facts ${JSON.stringify(episode.facts)}`,
    ...indented(environment.spec.rules(readConfig(environment.spec, { set: config })), 'rules | '),
    `start ${hashOf(environment.start(config))}`,
    ...first,
    '',
    ...steps.slice(0, printed).flat(),
    ...(left > 0 ? [`... ${left} more steps, hash ${fingerprint(rest.join('\n'))}`, ''] : []),
    ...endLines(episode),
  ];
}

function stepLines(episode: Episode, { turn, moves, step }: Happened): string[] {
  const rewards = step.rewards === undefined ? [] : [`  reward ${JSON.stringify(step.rewards)}`];
  return [
    `${episode.steps} ${turnLine(turn)}`,
    ...(turn.kind === 'act' ? actors(turn).flatMap((seat) => spaceLines(seat, turn.spaces[seat] as ActionSpace)) : []),
    `  plays ${movesLine([moves])}`,
    ...(step.events ?? []).flatMap((event) => eventLines(episode.environment, event)),
    ...rewards,
    `  state ${hashOf(step.state)}`,
  ];
}

function turnLine(turn: Turn): string {
  switch (turn.kind) {
    case 'act':
      return `asks ${actors(turn).map(seatName).join(', ')}`;
    case 'chance':
      return 'outcomes' in turn ? `chance of ${turn.outcomes.length}: ${outcomesLine(turn.outcomes)}` : 'chance draws';
    case 'call':
      return `calls ${JSON.stringify(turn.requests)}`;
    case 'over':
      return 'over';
  }
}

function outcomesLine(outcomes: readonly (readonly [unknown, number])[]): string {
  const listed = outcomes
    .slice(0, 12)
    .map(([outcome, probability]) => `${JSON.stringify(outcome)} ${probability.toFixed(6)}`);
  return outcomes.length > listed.length ? `${listed.join(', ')}, ...` : listed.join(', ');
}

function spaceLines(seat: number, space: ActionSpace): string[] {
  if (space.kind !== 'choice') return [`  ${seatName(seat)} may ${JSON.stringify(space)}`];
  const options = space.options.map(({ id, label }) => (id === label ? id : `${id} (${label})`));
  return [`  ${seatName(seat)} may ${options.join(' / ')}`];
}

/** An event, and how it reads: for everybody, and for each seat told otherwise. */
function eventLines(environment: Environment, event: Event): string[] {
  const { to, kind, ...fields } = event;
  const all = environment.say(event, 'all');
  const told = to === 'all' ? [] : to.map((seat) => [seat, environment.say(event, seat)] as const);
  return [
    `  tells ${to === 'all' ? 'all' : to.map(seatName).join(', ')}: ${kind} ${JSON.stringify(fields)}`,
    ...(all === '' ? [] : indented(all, '    says ')),
    ...told.flatMap(([seat, words]) => (words === all ? [] : indented(words, `    says to ${seatName(seat)} `))),
  ];
}

/** Views that changed since they were last printed: short ones as JSON, long ones as a hash, all in one line. */
function viewLines(episode: Episode, shown: Map<Viewer, string>): string[] {
  const { environment, state, facts } = episode;
  const viewers: Viewer[] = ['public', ...Array.from({ length: facts.seats }, (_, seat) => seat)];
  const changed = viewers.flatMap((viewer) => {
    const text = JSON.stringify(environment.view(state, viewer));
    if (shown.get(viewer) === text) return [];
    shown.set(viewer, text);
    return [{ viewer, text }];
  });
  const short = changed.filter(({ text }) => text.length <= LONGEST_VIEW);
  const long = changed.filter(({ text }) => text.length > LONGEST_VIEW);
  const hashes = long.map(({ viewer, text }) => `${viewerName(viewer)} ${fingerprint(text)}`);
  return [
    ...short.map(({ viewer, text }) => `  ${viewerName(viewer)} sees ${text}`),
    ...(hashes.length > 0 ? [`  views by hash: ${hashes.join(', ')}`] : []),
    ...actors(episode.turn).flatMap((seat) => showLines(episode, seat)),
  ];
}

/** What a seat that is asked next reads. */
function showLines({ environment, state }: Episode, seat: number): string[] {
  const words = environment.show?.(environment.view(state, seat)) ?? '';
  return words === '' ? [] : [`  shows ${seatName(seat)}`, ...indented(words, '    | ')];
}

function viewerName(viewer: Viewer): string {
  return typeof viewer === 'number' ? seatName(viewer) : viewer;
}

function endLines(episode: Episode): string[] {
  const { turn } = episode;
  const how = turn.kind === 'over' ? `over: ${turn.outcome}${turn.truncated ? ' (truncated)' : ''}` : 'not over';
  return [how, `paid ${JSON.stringify(episode.paid)}`, `returns ${JSON.stringify(episode.returns())}`];
}

function indented(text: string, margin: string): string[] {
  return text.split('\n').map((line) => `${margin}${line}`.trimEnd());
}
