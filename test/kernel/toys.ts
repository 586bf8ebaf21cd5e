import { z } from 'zod';
import type { Agent, AgentFactory, Decision } from '../../src/core/agent.js';
import {
  type Environment,
  type Event,
  environment,
  type Moves,
  type Rewards,
  type Seat,
  type Spec,
  type Turn,
} from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { type Ending, type PlayedStep, type Progress, playEpisode, type Table } from '../../src/core/play.js';
import { type ActionSpace, choice, type Move } from '../../src/core/space.js';

/** One step of a toy: what is asked, and what it does once answered. */
export interface Scene {
  readonly turn: Turn;
  readonly events?: (moves: Moves) => readonly Event[];
  readonly rewards?: Rewards;
  /** Thrown by `apply` instead of a step. */
  readonly fails?: string;
}

/** How far a toy has come, and all that was played. */
export type ToyState = { readonly at: number; readonly played: readonly Json[] };

export interface Toy {
  readonly seats?: number;
  readonly truncated?: boolean;
  /** Steps the facts admit; the number of scenes by default. */
  readonly horizon?: number;
  readonly parts?: Spec['rewards'];
  readonly answer?: Environment['answer'];
}

export const yesNo = choice(['yes', 'no']);

/** Asks these seats the same at once. */
export function asks(seats: readonly Seat[], space: ActionSpace = yesNo): Scene {
  return { turn: { kind: 'act', spaces: Object.fromEntries(seats.map((seat) => [seat, space])) } };
}

/** Asks these seats at once and tells everybody what they chose. */
export function openly(seats: readonly Seat[], space: ActionSpace = yesNo): Scene {
  const events = (moves: Moves): Event[] => [
    { to: 'all', kind: 'played', moves: (moves as { seats: JsonObject }).seats },
  ];
  return { ...asks(seats, space), events };
}

/** Draws one of ten numbers and tells one seat. */
export function draws(to: Seat): Scene {
  const outcomes = Array.from({ length: 10 }, (_, n) => [n, 0.1] as const);
  const events = (moves: Moves): Event[] => [{ to: [to], kind: 'drawn', n: (moves as { chance: Move }).chance }];
  return { turn: { kind: 'chance', outcomes }, events };
}

/** Asks the outside. */
export function calls(requests: readonly Json[]): Scene {
  return { turn: { kind: 'call', requests, sample: () => requests } };
}

/** An environment that plays scenes in order and is over after the last. A view shows its state, so that a test sees it. */
export function toy(scenes: readonly Scene[], options: Toy = {}): Environment {
  const { seats = 2, truncated = false, horizon = scenes.length, answer } = options;
  return environment<ToyState, Record<string, never>>({
    spec: {
      id: 'toy',
      version: '1.0.0',
      title: 'Toy',
      summary: 'scenes in order',
      config: z.strictObject({}),
      rewards: options.parts ?? { point: { says: 'a point', weight: 2, told: 'at once' } },
      events: {},
      facts: () => ({
        seats,
        information: 'imperfect',
        chance: 'listed',
        calls: true,
        dynamics: 'simultaneous',
        utility: { kind: 'general', min: -7, max: 9 },
        horizon,
      }),
      rules: () => 'Say yes or no.',
    },
    start: () => ({ at: 0, played: [] }),
    turn: ({ at }) => scenes[at]?.turn ?? { kind: 'over', outcome: 'played out', truncated },
    apply({ at, played }, moves) {
      const scene = scenes[at] as Scene;
      if (scene.fails !== undefined) throw new Error(scene.fails);
      return {
        state: { at: at + 1, played: [...played, JSON.parse(JSON.stringify(moves)) as Json] },
        ...(scene.events === undefined ? {} : { events: scene.events(moves) }),
        ...(scene.rewards === undefined ? {} : { rewards: scene.rewards }),
      };
    },
    view: ({ at, played }, viewer) => ({ at, viewer, played }),
    say: (event, viewer) => (event.kind === 'silent' ? '' : `${event.kind} for ${viewer}`),
    ...(answer === undefined ? {} : { answer }),
  });
}

/** An agent made of its `act`. */
export function agent(act: Agent['act'], more: Partial<Agent> = {}): AgentFactory {
  return () => ({ manifest: { agent: 'test' }, act, ...more });
}

/** An agent that makes these decisions in turn and `yes` ever after. */
export function replies(...decisions: readonly (Decision | (() => Decision | Promise<Decision>))[]): AgentFactory {
  let at = 0;
  return agent(() => {
    const decision = decisions[at++] ?? { move: 'yes' };
    return typeof decision === 'function' ? decision() : decision;
  });
}

export const yes = agent(() => ({ move: 'yes' }));

export function throwing(thrown: unknown): never {
  throw thrown;
}

/** An agent that never answers. */
export const silent = agent(() => new Promise(() => {}));

/** A table of agents at a toy. */
export function table(environment: Environment, agents: readonly AgentFactory[], more: Partial<Table> = {}): Table {
  return { environment, config: {}, seed: 1, agents, ...more };
}

/** Everything a table yields, its steps and its ending. */
export async function playOut(played: Table): Promise<{ all: Progress[]; steps: PlayedStep[]; ending: Ending }> {
  const all: Progress[] = [];
  for await (const progress of playEpisode(played)) all.push(progress);
  const steps = all.flatMap((progress) => (progress.kind === 'step' ? [progress.step] : []));
  const last = all.at(-1);
  if (last?.kind !== 'ended') throw new Error('the episode has no ending');
  return { all, steps, ending: last.ending };
}

/** Lets every promise that can go on go on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
