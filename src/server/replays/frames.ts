import type { Annotation } from '../../../replays/annotations.js';
import type { EpisodeRecord, RecordedStep } from '../../../replays/schema.js';
import { refuseOtherVersion } from '../../../replays/session.js';
import { readFields } from '../../core/config.js';
import { type Environment, isTold, type Turn } from '../../core/environment.js';
import { Episode } from '../../core/episode.js';
import { messageOf, UserError } from '../../core/errors.js';
import { breathe } from '../../core/halt.js';
import type { Json, JsonObject } from '../../core/json.js';
import { movesOf } from '../../core/play.js';
import { cardOf } from './card.js';
import { forfeitsOf, ownStep, wholeStep } from './played.js';
import type { Frame, Played, Replay, ReplayViewer } from './wire.js';

/** Largest replay made, in characters of its text. */
const MOST_TEXT = 64 << 20;
/** How long steps are played again before others get their turn, in milliseconds. */
const AT_ONCE_MS = 8;

/**
 * Plays a record again for one viewer. Through the eyes of a seat or the public there is a frame for each change of what
 * these know, and nothing tells of what others did in secret. The rules see only moves that they take.
 * @throws UserError when the record is of another version, or its configuration or a step is not what the rules take
 */
export async function replayFor(
  record: EpisodeRecord,
  environment: Environment,
  viewer: ReplayViewer,
  annotations: readonly Annotation[] = [],
): Promise<Replay> {
  const episode = openEpisode(record, environment);
  const film = new Film(episode, viewer);
  let since = performance.now();
  for (const [index, step] of record.steps.entries()) {
    film.play(step, index, viewer === 'all' ? annotations.filter((one) => one.step === index) : []);
    if (performance.now() - since < AT_ONCE_MS) continue;
    await breathe();
    since = performance.now();
  }
  const frames = film.end();
  return { ...headOf(record, episode, viewer), ...(viewer === 'all' ? {} : { steps: frames.length - 1 }), frames };
}

/** @throws UserError */
function openEpisode(record: EpisodeRecord, environment: Environment): Episode {
  refuseOtherVersion(record.environment, environment);
  // NOTE: a record from anywhere may hold any configuration; the schema knows which there are.
  const config = readFields(environment.spec.config, record.environment.config as JsonObject, 'config') as JsonObject;
  const { seats } = environment.spec.facts(config);
  if (seats !== record.seats.length)
    throw new UserError(`the record names ${record.seats.length} seats; its configuration has ${seats}`);
  return new Episode(environment, config);
}

function headOf(record: EpisodeRecord, episode: Episode, viewer: ReplayViewer): Omit<Replay, 'frames'> {
  const { config } = episode;
  const { spec } = episode.environment;
  const head = { ...cardOf(record), title: spec.title, config, rules: spec.rules(config), viewer };
  if (viewer !== 'all') return { ...head, parent: null, messages: [], seed: null, forfeits: {}, error: null };
  return {
    ...head,
    messages: (record.messages ?? []) as readonly Json[],
    seed: record.seed,
    forfeits: forfeitsOf(record),
    error: record.end.error ?? null,
  };
}

/** The frames of one viewer as they come. */
class Film {
  readonly #episode: Episode;
  readonly #viewer: ReplayViewer;
  readonly #frames: Frame[] = [];
  #now: Omit<Frame, 'step'>;
  #text: string;
  /** How much of the log the viewer was shown. */
  #read = 0;
  #size = 0;

  constructor(episode: Episode, viewer: ReplayViewer) {
    this.#episode = episode;
    this.#viewer = viewer;
    this.#now = this.#look();
    this.#text = JSON.stringify(this.#now);
  }

  /** @throws UserError when the rules do not take the step */
  play(step: RecordedStep, index: number, annotations: readonly Annotation[]): void {
    const { turn } = this.#episode;
    const played = this.#played(step, turn, annotations);
    try {
      this.#episode.apply(movesOf(step));
    } catch (error) {
      throw new UserError(`step ${index} of the record is none that the rules take: ${messageOf(error)}`);
    }
    const next = this.#look();
    const text = JSON.stringify(next);
    const moved = Object.keys(played.seats).length > 0;
    if (this.#viewer !== 'all' && !moved && next.events.length === 0 && text === this.#quiet()) return;
    this.#push({ ...this.#now, step: played });
    [this.#now, this.#text] = [next, text];
  }

  /** All frames, the table at the end included. */
  end(): readonly Frame[] {
    return [...this.#frames, { ...this.#now, step: null }];
  }

  #played(step: RecordedStep, turn: Turn, annotations: readonly Annotation[]): Played {
    try {
      if (this.#viewer === 'all') return wholeStep(step, turn, annotations);
      return ownStep(step, turn, this.#viewer === 'public' ? null : this.#viewer);
    } catch (error) {
      throw new UserError(`the record cannot be played: ${messageOf(error)}`);
    }
  }

  /** What is seen now as text, without what the step before told. */
  #quiet(): string {
    return this.#now.events.length === 0 ? this.#text : JSON.stringify({ ...this.#now, events: [] });
  }

  #push(frame: Frame): void {
    this.#size += this.#text.length;
    if (this.#size > MOST_TEXT)
      throw new UserError(
        `the replay is larger than ${MOST_TEXT >> 20} million characters; ludus replay show tells it`,
      );
    this.#frames.push(frame);
  }

  #look(): Omit<Frame, 'step'> {
    const { environment, state } = this.#episode;
    const view = environment.view(state, this.#viewer);
    return { view, shown: environment.show?.(view) ?? null, events: this.#events(), ...this.#rewards() };
  }

  #events(): Frame['events'] {
    const { log, environment } = this.#episode;
    const fresh = log.slice(this.#read).filter((event) => isTold(event, this.#viewer));
    this.#read = log.length;
    return fresh.map((event) => ({ event, said: environment.say(event, this.#viewer) }));
  }

  #rewards(): Pick<Frame, 'paid' | 'returns'> {
    const { paid } = this.#episode;
    // NOTE: copied, because the episode goes on in its own list.
    if (this.#viewer === 'all') return { paid: [...paid], returns: this.#episode.returns() };
    const own = (seat: number) => seat === this.#viewer;
    return {
      paid: paid.map((_, seat) => (own(seat) ? this.#episode.told(seat) : null)),
      returns: paid.map((_, seat) => (own(seat) ? this.#episode.toldReturn(seat) : null)),
    };
  }
}
