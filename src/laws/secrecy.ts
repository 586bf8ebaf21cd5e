import { type Environment, isTold, type Moves, type VectorForm } from '../core/environment.js';
import { Episode } from '../core/episode.js';
import { fingerprint, hashOf } from '../core/json.js';
import { type Channels, channelsOfAsked, channelsOfPublic, channelsOfSeat } from './channels.js';
import { type Choose, type Happened, movesLine, playing, randomEpisode, replaying } from './history.js';
import { difference, Findings, type Where } from './report.js';
import type { Law, Trial } from './subject.js';
import { changeOne, twinPlay } from './twins.js';

/**
 * The fourth law: two histories with the same events and own moves for a viewer give it the same bytes in every channel.
 * What a viewer has been given under one information state is kept, and compared whenever that state is met again.
 */
export const secrecy: Law = {
  law: 4,
  title: 'equal information, equal bytes in every channel',
  run(subject) {
    const findings = new Findings();
    let twins = 0;
    for (const trial of subject.trials) {
      const where = { config: trial.name, seed: 'all', step: null };
      findings.guard(where, () => {
        const met = witnessTrial(subject.environment, trial, findings);
        twins += met;
        const { information } = subject.environment.spec.facts(trial.config);
        if (information === 'imperfect' && met === 0)
          findings.add('no twins found, and information is declared imperfect', where);
        if (information === 'perfect' && met > 0)
          findings.add('information is declared perfect, but a seat cannot tell states apart', where);
      });
    }
    return findings.verdict(`moments of a viewer; ${twins} of them twins: other state, same information`);
  },
};

/** How many twins each random history has. */
const TWINS = 3;

/** Plays histories and their twins of one configuration; gives the number of twins met. */
function witnessTrial(environment: Environment, trial: Trial, findings: Findings): number {
  const witness = new Witness(environment, trial, findings);
  for (const seed of trial.seeds) {
    findings.guard({ config: trial.name, seed, step: null }, () => {
      const { moves } = randomEpisode(environment, trial.config, seed);
      witness.watch(seed, replaying(moves));
      for (let twin = 0; twin < TWINS; twin++) {
        const name = `${seed} twin ${twin}`;
        const change = changeOne(environment, trial.config, moves, name);
        if (change !== null) witness.watch(name, twinPlay(environment, moves, change, name));
      }
    });
  }
  return witness.twins;
}

/** What a viewer was first given under one information state, and in which history. */
interface Memory {
  readonly state: string;
  readonly past: Past;
  readonly channels: { [channel: string]: string };
}

interface Past {
  readonly seed: string;
  readonly moves: readonly Moves[];
  readonly step: number;
}

/** What one viewer has been told in the running history: a fingerprint of its events and own moves in their order. */
interface Ear {
  readonly viewer: number | 'public';
  information: string;
  events: number;
  fresh: number;
}

class Witness {
  twins = 0;
  readonly #environment: Environment;
  readonly #trial: Trial;
  readonly #findings: Findings;
  readonly #vector: VectorForm | undefined;
  readonly #memories = new Map<string, Memory>();
  /** NOTE: an information state met again in the very same state would only repeat itself. */
  readonly #seen = new Set<string>();
  readonly #keys = new Map<string, { readonly information: string; readonly past: Past }>();

  constructor(environment: Environment, trial: Trial, findings: Findings) {
    this.#environment = environment;
    this.#trial = trial;
    this.#findings = findings;
    this.#vector = environment.vector?.(trial.config);
  }

  watch(seed: string, choose: Choose): void {
    const episode = new Episode(this.#environment, this.#trial.config);
    const moves: Moves[] = [];
    const ears: Ear[] = Array.from({ length: episode.facts.seats }, (_, seat) => ear(seat));
    ears.push(ear('public'));
    const look = () => this.#look(episode, ears, { seed, moves, step: episode.steps });
    look();
    for (const happened of playing(episode, choose)) {
      moves.push(happened.moves);
      for (const one of ears) hear(one, happened);
      look();
    }
  }

  #look(episode: Episode, ears: readonly Ear[], past: Past): void {
    const state = hashOf(episode.state);
    for (const one of ears) {
      const moment = `${one.viewer} ${one.information} ${state}`;
      if (this.#seen.has(moment)) continue;
      this.#seen.add(moment);
      this.#findings.cases++;
      const channels = this.#channels(episode, one);
      this.#compare(one, state, channels, past);
      if (channels.key !== undefined) this.#splits(one, channels.key, past);
    }
  }

  #channels(episode: Episode, { viewer, fresh }: Ear): Channels {
    if (viewer === 'public') return channelsOfPublic(episode);
    return { ...channelsOfSeat(episode, viewer), ...channelsOfAsked(episode, viewer, fresh, this.#vector) };
  }

  #compare({ viewer, information }: Ear, state: string, channels: Channels, past: Past): void {
    const name = `${viewer} ${information}`;
    const memory = this.#memories.get(name);
    if (memory === undefined) {
      this.#memories.set(name, { state, past, channels: { ...channels } });
      return;
    }
    if (memory.past.seed !== past.seed && memory.state !== state) this.twins++;
    for (const [channel, bytes] of Object.entries(channels)) {
      const before = memory.channels[channel];
      if (before === undefined) memory.channels[channel] = bytes;
      else if (before !== bytes) this.#tells(channel, viewer, [before, bytes], [memory.past, past]);
    }
  }

  #tells(channel: string, viewer: Ear['viewer'], bytes: readonly [string, string], pasts: readonly [Past, Past]): void {
    const who = viewer === 'public' ? 'the public' : `seat ${viewer}`;
    this.#findings.add(`${channel}: tells ${who} what it was not told`, this.#where(pasts[1]), {
      ...difference(...bytes),
      evidence: pasts.map(historyLine),
    });
  }

  /** The environment's own key names the same information state the same way, and no other. */
  #splits({ viewer, information }: Ear, key: string, past: Past): void {
    const name = `${viewer} ${key}`;
    const known = this.#keys.get(name);
    if (known === undefined) this.#keys.set(name, { information, past });
    else if (known.information !== information) {
      const evidence = [known.past, past].map(historyLine);
      this.#findings.add(`key: seat ${viewer} has one key in two information states`, this.#where(past), {
        got: key,
        evidence,
      });
    }
  }

  #where({ seed, step }: Past): Where {
    return { config: this.#trial.name, seed, step };
  }
}

function ear(viewer: Ear['viewer']): Ear {
  return { viewer, information: '', events: 0, fresh: 0 };
}

/** Takes in a step: the own move first, then the events told. Steps that bring neither leave no trace. */
function hear(ear: Ear, { moves, step }: Happened): void {
  const { viewer } = ear;
  if (viewer !== 'public' && 'seats' in moves && viewer in moves.seats) {
    ear.fresh = ear.events;
    ear.information = fingerprint(`${ear.information} move ${JSON.stringify(moves.seats[viewer])}`);
  }
  for (const event of step.events ?? []) {
    if (!isTold(event, viewer)) continue;
    ear.events++;
    ear.information = fingerprint(`${ear.information} event ${JSON.stringify(event)}`);
  }
}

function historyLine({ seed, moves, step }: Past): string {
  return `history ${seed}, ${step} steps: ${movesLine(moves.slice(0, step))}`;
}
