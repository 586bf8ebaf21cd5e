import { UserError } from '../core/errors.js';
import { mostPromptTokens } from './estimate.js';
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

/**
 * What may be spent, shared by every model that draws on it. A call first sets aside the most it can cost and is refused
 * when that is no longer there; afterwards it pays what it used. So a budget is never exceeded, also by calls at once,
 * and some of it may be left.
 */
export class Budget {
  readonly #limits: BudgetLimits;
  readonly #now: () => number;
  readonly #began: number;
  #spent: Amounts = { tokens: 0, cost: 0 };
  #aside: Amounts = { tokens: 0, cost: 0 };

  constructor(limits: BudgetLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#began = now();
  }

  get spent(): Amounts {
    return this.#spent;
  }

  get limitsCost(): boolean {
    return this.#limits.cost !== undefined;
  }

  get limitsAmounts(): boolean {
    return this.limitsCost || this.#limits.tokens !== undefined;
  }

  /** @throws ModelError `over-budget`, naming what would be exceeded */
  setAside(most: Amounts): void {
    const { tokens, cost, wallMs } = this.#limits;
    if (wallMs !== undefined && this.#now() - this.#began >= wallMs) throw over(`${wallMs} ms are over`);
    const leftTokens = (tokens ?? Number.POSITIVE_INFINITY) - this.#spent.tokens - this.#aside.tokens;
    if (most.tokens > leftTokens)
      throw over(`${leftTokens} of ${tokens} tokens are left, the call could take ${most.tokens}`);
    const leftCost = (cost ?? Number.POSITIVE_INFINITY) - this.#spent.cost - this.#aside.cost;
    if (most.cost > leftCost)
      throw over(`${leftCost.toFixed(6)} of ${cost} is left, the call could cost ${most.cost.toFixed(6)}`);
    this.#aside = sum(this.#aside, most, 1);
  }

  /** Pays what was used out of what was set aside. */
  settle(most: Amounts, used: Amounts): void {
    this.#aside = sum(this.#aside, most, -1);
    this.#spent = sum(this.#spent, used, 1);
  }
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
      budget.setAside(most);
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

function sum(a: Amounts, b: Amounts, sign: 1 | -1): Amounts {
  return { tokens: a.tokens + sign * b.tokens, cost: a.cost + sign * b.cost };
}

function over(what: string): ModelError {
  return new ModelError('over-budget', `the budget does not allow another call: ${what}`);
}
