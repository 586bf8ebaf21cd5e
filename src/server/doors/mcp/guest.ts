import { parseRecord } from '../../../../replays/read.js';
import type { EpisodeRecord } from '../../../../replays/schema.js';
import type { Decision } from '../../../core/agent.js';
import type { Environment } from '../../../core/environment.js';
import { suggestion, UserError } from '../../../core/errors.js';
import { Refused } from '../../wire/refused.js';
import type { House } from '../door.js';
import type { DoorSeat, Look } from '../seat.js';
import type { Session } from '../session.js';
import { planOf, type StartArgs } from '../start.js';
import { type Answer, decisionOf } from './answer.js';
import { type Seen, seenOf, turnOf, waitingOf } from './seen.js';

/** What is remembered of an episode besides its session. */
interface Own {
  readonly session: Session;
  /** What the client was shown last, so that nobody plays on what it has not seen. */
  shown: Look | null;
  /** The last of the requests that were made of it, so that they are served one after the other. */
  last: Promise<unknown>;
}

/** How long a client is kept waiting while others play. NOTE: clients give a request up after a minute. */
const PATIENCE_MS = 25_000;

/** One client of this door: the episodes that it has opened. What it gives is ready to be told. */
export class Guest {
  readonly house: House;
  readonly #patienceMs: number;
  readonly #own = new WeakMap<Session, Own>();
  readonly #ids = new Set<string>();

  constructor(house: House, patienceMs = PATIENCE_MS) {
    this.house = house;
    this.#patienceMs = patienceMs;
  }

  /** How many episodes it has open. */
  get open(): number {
    this.#forget();
    return this.#ids.size;
  }

  /** @throws UserError with the nearest ids */
  environment(id: string): Environment {
    const { environments } = this.house;
    const found = environments.get(id);
    if (found !== undefined) return found;
    throw new UserError(`there is no environment "${id}"; ${suggestion(id, [...environments.keys()])}`);
  }

  /** @throws UserError naming what cannot be had, Refused when too many are open */
  async start(id: string, args: StartArgs): Promise<Seen> {
    const { agents, callMs, sessions } = this.house;
    const plan = planOf({ environment: this.environment(id), agents }, args);
    const session = sessions.open({ ...plan, limits: { callMs } });
    this.#own.set(session, { session, shown: null, last: Promise.resolve() });
    if (this.#ids.size >= sessions.most) this.#forget();
    this.#ids.add(session.id);
    return this.observe(session.id);
  }

  observe(id: string): Promise<Seen> {
    return this.#inTurn(id, (own) => this.#see(own));
  }

  /**
   * Answers what the seat is asked, and shows what comes of it. Where the client had not been shown that when it
   * answered, as with the second of two answers sent together, it is shown and nothing is played.
   * @param turn the turn that is answered, where the client says
   */
  act(id: string, answer: Answer, turn?: number): Promise<Seen> {
    const before = this.#find(id).shown;
    return this.#inTurn(id, async (own) => {
      const look = await this.#look(own);
      if (look === null || look !== before || isOther(look, turn)) return { ...(await this.#see(own)), isUnseen: true };
      if (look.request === null) throw new Refused('game over', 'it is over; start another one');
      const decision: Decision = decisionOf(look.request, answer);
      seatOf(own).answer(decision);
      return this.#see(own);
    });
  }

  /** The record of an episode that has ended, as one line. @throws Refused while it goes on: a record holds everything */
  line(id: string): string {
    const { record } = this.#find(id).session;
    if (record !== null) return record;
    throw new Refused('not allowed', 'the record and the replay are there when the episode has ended');
  }

  /** @throws Refused while it goes on */
  record(id: string): { readonly record: EpisodeRecord; readonly environment: Environment } {
    const { session } = this.#find(id);
    const read = parseRecord(this.line(id));
    if ('problem' in read) throw new Error(read.problem);
    return { record: read.record, environment: session.plan.environment };
  }

  async close(id: string): Promise<void> {
    this.#find(id);
    this.#ids.delete(id);
    await this.house.sessions.close(id);
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#ids].map((id) => this.house.sessions.close(id)));
    this.#ids.clear();
  }

  /** Forgets the ids of what was closed because nobody used it. */
  #forget(): void {
    for (const id of this.#ids) if (this.house.sessions.peek(id) === undefined) this.#ids.delete(id);
  }

  #find(id: string): Own {
    const session = this.house.sessions.get(id);
    const own = session === undefined ? undefined : this.#own.get(session);
    if (own !== undefined) return own;
    throw new Refused(
      'no such match',
      `there is no session "${id}" open here; start gives one, and idle ones are closed`,
    );
  }

  /** Runs when what was asked of the episode before is done. */
  #inTurn(id: string, run: (own: Own) => Promise<Seen>): Promise<Seen> {
    const own = this.#find(id);
    const turn = own.last.then(() => run(own));
    own.last = turn.catch(() => undefined);
    return turn;
  }

  async #see(own: Own): Promise<Seen> {
    const look = await this.#look(own);
    if (look === null) return waitingOf(own.session);
    const isFirst = own.shown === null;
    own.shown = look;
    return seenOf(own.session, look, isFirst);
  }

  /** What there is to see, or null when the client has waited long enough. */
  async #look(own: Own): Promise<Look | null> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, this.#patienceMs, null);
    });
    try {
      return await Promise.race([seatOf(own).look(), enough]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function isOther({ request }: Look, turn: number | undefined): boolean {
  return turn !== undefined && request !== null && turn !== turnOf(request);
}

function seatOf({ session }: Own): DoorSeat {
  return session.seat(session.seats[0] as number);
}
