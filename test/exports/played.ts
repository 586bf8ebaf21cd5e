import type { ANNOTATIONS, Grade } from '../../replays/annotations.js';
import { parseRecord } from '../../replays/read.js';
import { Recorder } from '../../replays/recorder.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import type { ModelCall } from '../../src/core/agent.js';
import { print } from '../../src/core/answers.js';
import type { Decided } from '../../src/core/decide.js';
import type { Environment, Moves, Turn } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import { hashOf, type JsonObject } from '../../src/core/json.js';
import { Observation } from '../../src/core/observation.js';
import type { Ending, PlayedStep } from '../../src/core/play.js';
import { stream } from '../../src/core/rng.js';
import type { Move } from '../../src/core/space.js';

export interface Playing {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly moves: readonly Moves[];
  readonly seed?: string;
  /** Whether every move was said by a model, with ids of its tokens, in one call or after two others; else nobody spoke. */
  readonly spoken?: boolean | 'after views';
  /** How it ended; by its own rules, or after the last move by the loop's limit of steps. */
  readonly end?: Partial<Ending>;
  readonly agents?: readonly string[];
}

/** The record of moves that are known beforehand, written by the recorder itself. */
export function recordOf({ environment, config, moves, spoken = false, ...playing }: Playing): EpisodeRecord {
  const { seed = '7', end = {} } = playing;
  const episode = new Episode(environment, config);
  const recorder = new Recorder({ environment, config, seed });
  const seats = episode.paid.map((_, seat) => ({ agent: playing.agents?.[seat] ?? 'written' }));
  recorder.begin({ kind: 'started', episode, seats, hash: hashOf(episode.state) });
  for (const [index, one] of moves.entries()) {
    const played = playedOf(episode, one, spoken);
    const { rewards } = episode.apply(one);
    const step = { ...played, ...(rewards === undefined ? {} : { rewards }), hash: hashOf(episode.state) };
    recorder.step({ kind: 'step', index, step, events: [], turn: episode.turn, past: false, streams: new Map() });
  }
  const read = parseRecord(recorder.line({ ...endingOf(episode), ...end }));
  if ('problem' in read) throw new Error(read.problem);
  return read.record;
}

function endingOf(episode: Episode): Ending {
  const { turn, paid } = episode;
  if (turn.kind !== 'over') return { how: 'steps', outcome: null, returns: null, paid };
  return { how: turn.truncated ? 'horizon' : 'rules', outcome: turn.outcome, returns: episode.returns(), paid };
}

function playedOf(episode: Episode, moves: Moves, spoken: boolean | 'after views'): PlayedStep {
  if (!('seats' in moves)) return moves;
  const decided = Object.entries(moves.seats).map(([seat, move]): [string, Decided] => [
    seat,
    spoken === false ? { move } : said(episode, Number(seat), move, spoken === 'after views' ? 2 : 0),
  ]);
  return { seats: Object.fromEntries(decided) };
}

function said(episode: Episode, seat: number, move: Move, views: number): Decided {
  const { turn } = episode;
  const space = turn.kind === 'act' ? turn.spaces[seat] : undefined;
  if (space === undefined) throw new Error(`seat ${seat} is not asked`);
  const asking = { rng: stream(0, 'played'), fresh: 0, attempt: 1, refused: null, budgetMs: null, signal: null };
  const { text } = new Observation(episode, seat, space, asking);
  const reply = print(space, move);
  const before = Array.from({ length: views }, (_, at) => callOf(`${text}\n\nView ${at}?`, `Seen ${at}.`));
  return { move, reply: { text: reply }, calls: [...before, callOf(text, reply)] };
}

/** A call of a model that makes every character a token. */
export function callOf(text: string, reply: string): ModelCall {
  const ids = (words: string) => [...words].map((letter) => letter.codePointAt(0) as number);
  return {
    model: 'letters-1',
    parameters: { temperature: 1 },
    messages: [
      { role: 'system', content: 'Play to win.' },
      { role: 'user', content: text },
    ],
    reply: { role: 'assistant', content: reply, finish: 'stop' },
    usage: null,
    tokens: { prompt: ids(`Play to win.${text}`), completion: ids(reply) },
    logprobs: ids(reply).map(() => -0.5),
  };
}

/** A grade for every choice of a record, made of nothing but the options: the first is always said to be best. */
export function plainGrades(record: EpisodeRecord, environment: Environment): Grade[] {
  const episode = new Episode(environment, record.environment.config as JsonObject);
  return record.steps.flatMap((step, index) => {
    const { turn } = episode;
    episode.apply(
      step.seats === undefined
        ? step.chance === undefined
          ? { answers: step.answers ?? [] }
          : { chance: step.chance }
        : { seats: Object.fromEntries(Object.entries(step.seats).map(([seat, { move }]) => [seat, move])) },
    );
    return Object.entries(step.seats ?? {}).flatMap(([seat, { move }]) =>
      gradeOf(record.id, index, Number(seat), turn, move),
    );
  });
}

const VERSION: typeof ANNOTATIONS = 1;

function gradeOf(episode: string, step: number, seat: number, turn: Turn, move: Move): Grade[] {
  const space = turn.kind === 'act' ? turn.spaces[seat] : undefined;
  if (space?.kind !== 'choice') return [];
  const options = space.options.map(({ id }) => id);
  const first = options[0] === move;
  return [
    {
      annotations: VERSION,
      kind: 'grade',
      episode,
      step,
      seat,
      source: { algorithm: 'first', exploitability: 0, policy: 'none' },
      state: '',
      options,
      played: String(move),
      probabilities: options.map((_, at) => (at === 0 ? 1 : 0)),
      values: options.map((_, at) => (at === 0 ? 1 : 0)),
      cost: first ? 0 : 1,
      scale: 1,
    },
  ];
}
