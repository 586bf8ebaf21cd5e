import { randomUUID } from 'node:crypto';
import { Refused } from '../wire/refused.js';
import { Session, type SessionPlan } from './session.js';

export interface SessionsPlan {
  /** Most sessions that are open at a time. */
  readonly most: number;
  /** Milliseconds after which a session that nobody uses is closed. */
  readonly idleMs: number;
  /** Takes the record of each episode that ended, one line with its newline. */
  readonly finished?: (record: string) => void;
  /** Told of what broke here; never shown to anybody. */
  readonly problem: (error: unknown) => void;
  /** Milliseconds now. */
  readonly clock?: () => number;
}

interface Kept {
  readonly session: Session;
  used: number;
}

/** The open sessions of one door. */
export class Sessions {
  readonly #door: string;
  readonly #plan: SessionsPlan;
  readonly #now: () => number;
  readonly #open = new Map<string, Kept>();

  constructor(door: string, plan: SessionsPlan) {
    this.#door = door;
    this.#plan = plan;
    this.#now = plan.clock ?? Date.now;
  }

  get size(): number {
    return this.#open.size;
  }

  get most(): number {
    return this.#plan.most;
  }

  /** Milliseconds after which a session that nobody uses is closed. */
  get idleMs(): number {
    return this.#plan.idleMs;
  }

  ids(): string[] {
    return [...this.#open.keys()];
  }

  /** A session and since how many milliseconds nobody has used it; does not count as use. */
  peek(id: string): { readonly session: Session; readonly idleMs: number } | undefined {
    const kept = this.#open.get(id);
    return kept === undefined ? undefined : { session: kept.session, idleMs: this.#now() - kept.used };
  }

  /** @throws Refused when there are too many, after those that nobody uses were closed */
  open(plan: SessionPlan, id: string = randomUUID()): Session {
    if (this.#open.size >= this.#plan.most) this.sweep();
    if (this.#open.size >= this.#plan.most)
      throw new Refused('full', `there are ${this.#plan.most} open sessions, and no more may be opened; close one`);
    const session = new Session(id, this.#door, plan, this.#plan.problem);
    this.#open.set(id, { session, used: this.#now() });
    void session.ended.then(() => {
      if (session.record !== null) this.#plan.finished?.(session.record);
    });
    return session;
  }

  /** The session of an id, which counts as used now. */
  get(id: string): Session | undefined {
    const kept = this.#open.get(id);
    if (kept !== undefined) kept.used = this.#now();
    return kept?.session;
  }

  /** Lets go of a session, and breaks its episode off. Gives whether there was one. */
  async close(id: string): Promise<boolean> {
    const kept = this.#open.get(id);
    this.#open.delete(id);
    await kept?.session.close();
    return kept !== undefined;
  }

  /** Closes what nobody has used for so long. Gives the ids. */
  sweep(idleMs: number = this.#plan.idleMs): string[] {
    const before = this.#now() - idleMs;
    const idle = [...this.#open].filter(([, { used }]) => used <= before).map(([id]) => id);
    for (const id of idle) void this.close(id);
    return idle;
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.ids().map((id) => this.close(id)));
  }
}
