import type { Environment, Turn } from '../src/core/environment.js';
import { Episode } from '../src/core/episode.js';
import { messageOf } from '../src/core/errors.js';
import { hashOf, type Json, type JsonObject } from '../src/core/json.js';
import { movesOf, returnsOf } from '../src/core/play.js';
import { type Rng, stream } from '../src/core/rng.js';
import { episodeId } from './recorder.js';
import type { EpisodeRecord, RecordedStep } from './schema.js';

/** Where a record first says something else than its own replay. `step` is null for what stands outside the steps. */
export interface Divergence {
  readonly step: number | null;
  readonly what: string;
  readonly recorded: Json;
  readonly replayed: Json;
}

/**
 * Plays a record again from its moves and compares everything that can be derived: the start, every state's hash, the
 * rewards, the outcomes of chance (drawn again from the seed), the end, the returns and the id. Gives the first
 * difference, or null when there is none.
 */
export function verify(record: EpisodeRecord, environment: Environment): Divergence | null {
  const { version } = environment.spec;
  const recorded = record.environment;
  return differs(null, 'environment version', recorded.version, version) ?? replay(record, environment);
}

function replay(record: EpisodeRecord, environment: Environment): Divergence | null {
  const config = record.environment.config as JsonObject;
  const parsed = environment.spec.config.safeParse(config);
  if (!parsed.success) return { step: null, what: 'configuration', recorded: config, replayed: parsed.error.message };
  const episode = new Episode(environment, config);
  const chance = stream(record.seed, 'chance');
  const begin = differs(null, 'state at the start', record.start, hashOf(episode.state));
  if (begin !== null) return begin;
  for (const [index, step] of record.steps.entries()) {
    const drawn = index >= (record.parent?.step ?? 0) ? chance : null;
    const found = replayStep(episode, step, index, drawn);
    if (found !== null) return found;
  }
  return compareEnd(record, episode) ?? compareId(record, environment);
}

function replayStep(episode: Episode, step: RecordedStep, index: number, chance: Rng | null): Divergence | null {
  const turn = episode.turn;
  const drawn = chance === null ? null : compareChance(turn, step, index, chance);
  if (drawn !== null) return drawn;
  try {
    const { rewards } = episode.apply(movesOf(step));
    return (
      differs(index, 'rewards', (step.rewards ?? null) as Json, (rewards ?? null) as Json) ??
      differs(index, 'state', step.hash, hashOf(episode.state))
    );
  } catch (error) {
    return { step: index, what: 'moves', recorded: movesText(step), replayed: `refused: ${messageOf(error)}` };
  }
}

function compareChance(turn: Turn, step: RecordedStep, index: number, rng: Rng): Divergence | null {
  if (turn.kind !== 'chance') return null;
  const drawn = 'outcomes' in turn ? rng.weighted(turn.outcomes) : turn.draw(rng);
  return differs(index, 'outcome of chance', (step.chance ?? null) as Json, drawn);
}

function compareEnd(record: EpisodeRecord, episode: Episode): Divergence | null {
  const { end } = record;
  const { turn } = episode;
  const over = turn.kind === 'over' ? turn : null;
  const how = over === null ? null : over.truncated ? 'horizon' : 'rules';
  if (how !== null) {
    const found =
      differs(null, 'how it ended', end.how, how) ?? differs(null, 'outcome', end.outcome, over?.outcome ?? null);
    if (found !== null) return found;
  } else if (end.how === 'rules' || end.how === 'horizon') {
    return { step: null, what: 'how it ended', recorded: end.how, replayed: 'the episode is not over' };
  }
  const returns = returnsOf(episode, end.how, end.forfeits as Parameters<typeof returnsOf>[2]);
  return (
    differs(null, 'reward parts', end.paid as Json, episode.paid as Json) ??
    differs(null, 'returns', end.returns, returns as Json)
  );
}

function compareId(record: EpisodeRecord, environment: Environment): Divergence | null {
  const origin = {
    environment,
    config: record.environment.config as JsonObject,
    seed: record.seed,
    ...(record.parent === undefined ? {} : { parent: record.parent }),
  };
  return differs(null, 'id', record.id, episodeId(origin, record.seats as Parameters<typeof episodeId>[1]));
}

function differs(step: number | null, what: string, recorded: Json, replayed: Json): Divergence | null {
  return JSON.stringify(recorded) === JSON.stringify(replayed) ? null : { step, what, recorded, replayed };
}

function movesText(step: RecordedStep): Json {
  return JSON.parse(JSON.stringify(step.seats ?? step.answers ?? step.chance ?? null)) as Json;
}
