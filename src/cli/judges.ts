import type { EpisodeRecord } from '../../replays/schema.js';
import type { Catalogue } from '../core/catalogue.js';
import { UserError } from '../core/errors.js';
import type { Seed } from '../core/rng.js';
import { type Graded, solvedGame, type ToldGame } from './grade-report.js';
import { type GradedGame, Graders } from './graders.js';
import { RolloutJudge } from './rollout-judge.js';
import type { Screen } from './screen.js';

/** How moves can be graded. */
export const WAYS = ['equilibrium', 'rollouts', 'judge'] as const;
export type Way = (typeof WAYS)[number];

/** What `ludus grade` was asked for, as far as grading goes. */
export interface JudgeOptions {
  readonly by: Way;
  readonly model?: string;
  readonly rubric?: string;
  readonly alternatives?: number;
  readonly allSeeing?: boolean;
  readonly concurrency?: number;
  readonly policy?: string;
  readonly iterations?: number;
  readonly histories?: number;
  readonly agents?: string;
  readonly rollouts?: number;
  readonly seed?: Seed;
  readonly limit?: number;
  readonly agentsOf?: readonly string[];
  readonly seats?: readonly number[];
}

/** Grades records one after the other. */
export interface Judge {
  /** Whether nothing more is to be graded. */
  readonly done: boolean;
  /** What was left out and why, one line each. */
  readonly notes: readonly string[];
  /** @throws UserError when the record cannot be graded */
  grade(record: EpisodeRecord): Promise<Omit<Graded, 'record'>>;
}

export interface JudgePlace {
  readonly catalogue: Catalogue;
  readonly screen: Screen;
  /** Asks to stop; null where nobody can. */
  readonly signal: AbortSignal | null;
}

const USUAL = { iterations: 5000, rollouts: 32, seed: 0 };
/** The options that not every way of grading has. */
const OWN: { readonly [way in Way]: readonly (keyof JudgeOptions)[] } = {
  equilibrium: ['policy', 'iterations', 'histories'],
  rollouts: ['agents', 'rollouts', 'seed', 'limit', 'agentsOf', 'seats'],
  judge: ['model', 'rubric', 'alternatives', 'allSeeing', 'concurrency', 'limit', 'agentsOf', 'seats'],
};

/** @throws UserError when an option belongs to other ways of grading */
export function refuseStray(options: JudgeOptions): void {
  const others = WAYS.flatMap((way) => OWN[way]).filter((name) => !OWN[options.by].includes(name));
  const stray = others.find((name) => options[name] !== undefined);
  if (stray === undefined) return;
  const flag = `--${stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const ways = WAYS.filter((way) => OWN[way].includes(stray)).map((way) => `--by ${way}`);
  throw new UserError(`${flag} belongs to ${ways.join(' or ')}, and this is --by ${options.by}`);
}

/** The judge that works a grade out for itself, without asking a model. */
export function judgeOf(options: JudgeOptions, place: JudgePlace): Judge {
  return options.by === 'rollouts' ? rolloutJudge(options, place) : solvingJudge(options, place);
}

function rolloutJudge({ by: _by, ...options }: JudgeOptions, place: JudgePlace): Judge {
  const { rollouts, seed } = USUAL;
  return new RolloutJudge({ rollouts, seed, ...options, ...place });
}

function solvingJudge({ policy, histories, iterations = USUAL.iterations }: JudgeOptions, place: JudgePlace): Judge {
  const graders = new Graders({
    catalogue: place.catalogue,
    screen: place.screen,
    iterations,
    ...(policy === undefined ? {} : { policy }),
    ...(histories === undefined ? {} : { histories }),
  });
  const told = new Map<GradedGame, ToldGame>();
  return {
    done: false,
    notes: [],
    async grade(record) {
      const game = await graders.game(record);
      const known = told.get(game) ?? solvedGame(game);
      told.set(game, known);
      return { game: known, grades: game.grader.grade(record) };
    },
  };
}
