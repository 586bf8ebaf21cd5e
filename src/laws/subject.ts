import type { Environment } from '../core/environment.js';
import { episodeSeed } from '../core/rng.js';
import { type Configuration, standardConfigurations, variedConfigurations } from './configurations.js';
import { randomEpisode } from './history.js';
import type { Verdict } from './report.js';

/** One configuration with the seeds of the episodes that laws try it with. */
export interface Trial extends Configuration {
  readonly seeds: readonly string[];
}

/** What the laws are run over. */
export interface Subject {
  readonly environment: Environment;
  /** The environment's own folder, where card, golden transcript and table of facts lie; null when there is none. */
  readonly folder: string | null;
  /** Environments whose episodes run between the steps of this one. */
  readonly others: readonly Environment[];
  readonly trials: readonly Trial[];
}

/** A law of the suite. It asks the spec what an environment is and never its name. */
export interface Law {
  readonly law: number;
  readonly title: string;
  run(subject: Subject): Verdict | Promise<Verdict>;
}

export interface Effort {
  /** The most episodes a configuration is tried with. */
  readonly seeds: number;
  /** About how many steps a law looks at, all configurations together; long episodes are tried fewer times. */
  readonly cases: number;
  /** How many configurations beside the default and the presets. */
  readonly variations: number;
}

/** NOTE: a configuration is always tried a few times, however long its episodes. */
const FEWEST = 3;

/** The configurations under law with their seeds. Counts follow from lengths of play, never from time. */
export function trialsOf(environment: Environment, effort: Effort): Trial[] {
  const configurations = [
    ...standardConfigurations(environment),
    ...variedConfigurations(environment, effort.variations),
  ];
  const share = effort.cases / configurations.length;
  return configurations.map(({ name, config }) => {
    const episodes = Math.ceil(share / usualLength(environment, config));
    const count = Math.min(effort.seeds, Math.max(FEWEST, episodes));
    return { name, config, seeds: Array.from({ length: count }, (_, index) => episodeSeed('law', index)) };
  });
}

/** Mean number of steps of a few random episodes; 1 where they fail, which the laws report themselves. */
function usualLength(environment: Environment, config: Configuration['config']): number {
  try {
    const steps = ['a', 'b', 'c'].map((seed) => randomEpisode(environment, config, seed).episode.steps);
    return Math.max(1, steps.reduce((sum, count) => sum + count, 0) / steps.length);
  } catch {
    return 1;
  }
}
