import type { Command } from 'commander';
import type { Cut } from '../arena/cut.js';
import type { Spending } from '../core/agent.js';
import { UserError } from '../core/errors.js';
import { newLedger } from '../llm/ledger.js';
import { Interrupted } from './exit.js';
import { number, whole } from './options.js';

export interface BudgetOptions {
  readonly budgetTokens?: number;
  readonly budgetCost?: number;
  readonly budgetMs?: number;
}

/** Options that say what all agents of a run may use up together. */
export function withBudgetOptions(command: Command): Command {
  return command
    .option('--budget-tokens <n>', 'tokens that all its models may use together', whole('--budget-tokens', 1))
    .option('--budget-cost <x>', 'what all its models may cost together, by the prices set', number('--budget-cost', 0))
    .option('--budget-ms <n>', 'milliseconds after which no model is called', whole('--budget-ms', 1));
}

/** A budget that begins now; null where the options set none. */
export function spendingOf({
  budgetTokens: tokens,
  budgetCost: cost,
  budgetMs: wallMs,
}: BudgetOptions): Spending | null {
  if (tokens === undefined && cost === undefined && wallMs === undefined) return null;
  return {
    ...(tokens === undefined ? {} : { tokens }),
    ...(cost === undefined ? {} : { cost }),
    ...(wallMs === undefined ? {} : { wallMs }),
    memory: newLedger(),
  };
}

/** What to throw when a run was cut short. @param left what is still to be played, in words @param goOn the command */
export function cutShort({ reason, spent }: Cut, left: string, goOn: string): Error {
  const message = `${reason}\nStopped with ${left} left, all that is finished is kept. Go on:  ${goOn}`;
  return spent ? new Interrupted(message) : new UserError(message);
}
