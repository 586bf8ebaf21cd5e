import { setTimeout as sleep } from 'node:timers/promises';
import type { Spending } from '../core/agent.js';
import { UserError } from '../core/errors.js';
import { mostPromptTokens } from './estimate.js';
import { Ledger, newLedger, sinceEpoch } from './ledger.js';
import { type Model, ModelError, type ModelRequest, type Usage } from './model.js';
import { costOf, type Price } from './priced.js';

/** The most that may be used, all together; what is left out is not limited. */
export interface BudgetLimits {
  readonly tokens?: number;
  /** In the currency of the price table. */
  readonly cost?: number;
  readonly wallMs?: number;
}

interface Amounts {
  readonly tokens: number;
  readonly cost: number;
}

/** Faults after which the provider had no reason to charge: the model never began to answer. */
const FREE: readonly string[] = ['rate-limited', 'bad-request', 'unauthorised', 'over-budget'];

/** How long a call waits until it asks again whether what others set aside has come free, in milliseconds. */
const WAIT_MS = 10;

/**
 * What may be spent, shared by every model that draws on it, in this thread or in others. A call first sets aside the
 * most it can cost; afterwards it pays what it used. So a budget is never exceeded, also by calls at once. A call that
 * would fit if those under way cost nothing more waits for them; one that would not is refused.
 */
export class Budget {
  readonly #limits: BudgetLimits;
  readonly #ledger: Ledger;
  readonly #now: () => number;

  /** @param memory of a ledger that another thread began, for a budget that is shared with it */
  constructor(limits: BudgetLimits, now: () => number = sinceEpoch, memory: SharedArrayBuffer = newLedger(now)) {
    this.#limits = limits;
    this.#now = now;
    this.#ledger = new Ledger(memory);
  }

  get spent(): Amounts {
    return this.#ledger.spent;
  }

  get limitsCost(): boolean {
    return this.#limits.cost !== undefined;
  }

  get limitsAmounts(): boolean {
    return this.limitsCost || this.#limits.tokens !== undefined;
  }

  /**
   * Waits while only calls under way stand against it.
   * @throws ModelError `over-budget`, naming what would be exceeded; the signal's reason
   */
  async setAside(most: Amounts, signal: AbortSignal | null): Promise<void> {
    for (;;) {
      this.#refuse(most);
      if (this.#ledger.commit(most, this.#limits)) return;
      await sleep(WAIT_MS, undefined, signal === null ? {} : { signal });
    }
  }

  /** Pays what was used out of what was set aside. */
  settle(most: Amounts, used: Amounts): void {
    this.#ledger.settle(most, used);
  }

  #refuse(most: Amounts): void {
    const { tokens, cost, wallMs } = this.#limits;
    const { spent, began } = this.#ledger;
    if (wallMs !== undefined && this.#now() - began >= wallMs) throw over(`${wallMs} ms are over`);
    const lack = this.#ledger.lacks(most, this.#limits);
    if (lack === 'tokens')
      throw over(`${Number(tokens) - spent.tokens} of ${tokens} tokens are left, the call could take ${most.tokens}`);
    if (lack === 'cost')
      throw over(
        `${(Number(cost) - spent.cost).toFixed(6)} of ${cost} is left, the call could cost ${most.cost.toFixed(6)}`,
      );
  }
}

/** The budget of a run, whichever thread asks. */
export function sharedBudget({ memory, ...limits }: Spending): Budget {
  return new Budget(limits, sinceEpoch, memory);
}

/**
 * A model that stops before its budget is exceeded. It needs `maxTokens` in every request: without it no most is known.
 * @param price needed where the budget limits the cost
 * @throws UserError on a budget of cost without a price
 */
export function budgeted(model: Model, budget: Budget, price: Price | null = null): Model {
  if (budget.limitsCost && price === null)
    throw new UserError(`"${model.id}" has no price, so its cost cannot be limited; put it into "prices"`);
  return {
    ...model,
    async call(request, signal) {
      const most = budget.limitsAmounts ? mostOf(request, price, model.id) : NOTHING;
      await budget.setAside(most, signal);
      // NOTE: a call that broke off may have been charged in full, so that is what it pays.
      let used = most;
      try {
        const reply = await model.call(request, signal);
        used = usedOf(reply.usage, price) ?? most;
        return reply;
      } catch (thrown) {
        if (thrown instanceof ModelError)
          used = FREE.includes(thrown.kind) ? NOTHING : (usedOf(thrown.usage, price) ?? most);
        throw thrown;
      } finally {
        budget.settle(most, used);
      }
    },
  };
}

const NOTHING: Amounts = { tokens: 0, cost: 0 };

function mostOf(request: ModelRequest, price: Price | null, id: string): Amounts {
  const completionTokens = request.parameters.maxTokens;
  if (completionTokens === undefined) throw new UserError(`a budget for "${id}" needs the parameter maxTokens`);
  const promptTokens = mostPromptTokens(request);
  const usage = { promptTokens, completionTokens, cachedTokens: null, reasoningTokens: null };
  return { tokens: promptTokens + completionTokens, cost: price === null ? 0 : (costOf(usage, price) as number) };
}

function usedOf(usage: Usage | null, price: Price | null): Amounts | null {
  if (usage === null || usage.promptTokens === null || usage.completionTokens === null) return null;
  return {
    tokens: usage.promptTokens + usage.completionTokens,
    cost: price === null ? 0 : (costOf(usage, price) as number),
  };
}

function over(what: string): ModelError {
  return new ModelError('over-budget', `the budget does not allow another call: ${what}`);
}
