import type { AgentFactory } from '../src/core/agent.js';
import type { Environment } from '../src/core/environment.js';
import { UserError } from '../src/core/errors.js';
import type { Table } from '../src/core/play.js';
import type { Seed } from '../src/core/rng.js';
import { unpackStep } from './messages.js';
import type { Consent, EpisodeRecord } from './schema.js';
import { refuseOtherVersion } from './session.js';

export interface Fork {
  /** Steps of the record that are kept; the fork decides from there on. */
  readonly at: number;
  /** One a seat: who goes on. */
  readonly agents: readonly AgentFactory[];
  /** Seed of what comes after; by default a name made of the record's seed and the step. */
  readonly seed?: Seed;
}

/**
 * The table that continues a record from any step with other agents, the parent its own record will name, and what the
 * people in it allow, which holds for the fork too.
 */
export function forkTable(
  record: EpisodeRecord,
  environment: Environment,
  fork: Fork,
): { table: Table; parent: { id: string; step: number }; consent?: Consent } {
  refuseOtherVersion(record.environment, environment);
  const { at, agents } = fork;
  if (!Number.isInteger(at) || at < 0 || at > record.steps.length) {
    throw new UserError(
      `the record has ${record.steps.length} steps; it can be forked at 0 to ${record.steps.length}, not at ${at}`,
    );
  }
  const messages = record.messages ?? [];
  const steps = record.steps.slice(0, at).map((step) => unpackStep(step, messages));
  const config = record.environment.config as Table['config'];
  const seed = fork.seed ?? `${record.seed}~${at}`;
  return {
    table: { environment, config, seed, agents, past: { steps } },
    parent: { id: record.id, step: at },
    ...(record.consent === undefined ? {} : { consent: record.consent }),
  };
}
