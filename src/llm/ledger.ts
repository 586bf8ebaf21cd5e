/** Tokens, and money in the currency of the price table. */
interface Amounts {
  readonly tokens: number;
  readonly cost: number;
}

type Limits = Partial<Amounts>;

const NO_LIMIT = Number.MAX_SAFE_INTEGER;
/** NOTE: threads can add whole numbers only in one go, so money is counted in billionths. */
const BILLION = 1e9;
const CELLS = { committedTokens: 0, committedCost: 1, spentTokens: 2, spentCost: 3, began: 4 } as const;

/** Milliseconds now, by a clock that never goes back and that all threads of a process share. */
export function sinceEpoch(): number {
  return performance.timeOrigin + performance.now();
}

/** The memory of a ledger that begins now. It can be handed to other threads, which then keep the same ledger. */
export function newLedger(now: () => number = sinceEpoch): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(8 * Object.keys(CELLS).length);
  new BigInt64Array(memory)[CELLS.began] = BigInt(Math.floor(now()));
  return memory;
}

/** What was spent, and what is spent or set aside together: one sum, so that no two threads can take the same rest. */
export class Ledger {
  readonly #cells: BigInt64Array;

  constructor(memory: SharedArrayBuffer) {
    this.#cells = new BigInt64Array(memory);
  }

  get began(): number {
    return this.#read(CELLS.began);
  }

  get spent(): Amounts {
    return { tokens: this.#read(CELLS.spentTokens), cost: this.#read(CELLS.spentCost) / BILLION };
  }

  /** What would be exceeded even if calls under way cost nothing more; null where nothing would. */
  lacks({ tokens, cost }: Amounts, limits: Limits): 'tokens' | 'cost' | null {
    if (this.#read(CELLS.spentTokens) + tokens > (limits.tokens ?? NO_LIMIT)) return 'tokens';
    return this.#read(CELLS.spentCost) + billionths(cost) > scaled(limits.cost) ? 'cost' : null;
  }

  /** Sets amounts aside where both fit under the limits; else nothing is changed. */
  commit({ tokens, cost }: Amounts, limits: Limits): boolean {
    if (!this.#take(CELLS.committedTokens, tokens, limits.tokens ?? NO_LIMIT)) return false;
    if (this.#take(CELLS.committedCost, billionths(cost), scaled(limits.cost))) return true;
    this.#add(CELLS.committedTokens, -tokens);
    return false;
  }

  /** Pays what was used, and frees the rest of what was set aside. */
  settle(aside: Amounts, used: Amounts): void {
    this.#add(CELLS.spentTokens, used.tokens);
    this.#add(CELLS.spentCost, billionths(used.cost));
    this.#add(CELLS.committedTokens, used.tokens - aside.tokens);
    this.#add(CELLS.committedCost, billionths(used.cost) - billionths(aside.cost));
  }

  #take(cell: number, amount: number, limit: number): boolean {
    const before = Number(Atomics.add(this.#cells, cell, BigInt(amount)));
    if (before + amount <= limit) return true;
    this.#add(cell, -amount);
    return false;
  }

  #add(cell: number, amount: number): void {
    Atomics.add(this.#cells, cell, BigInt(amount));
  }

  #read(cell: number): number {
    return Number(Atomics.load(this.#cells, cell));
  }
}

/** NOTE: rounded up, so that many small amounts never cost less here than they do. */
function billionths(cost: number): number {
  return Math.ceil(cost * BILLION);
}

function scaled(limit: number | undefined): number {
  return limit === undefined ? NO_LIMIT : Math.floor(limit * BILLION);
}
