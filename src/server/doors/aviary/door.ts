import type { IncomingMessage, ServerResponse } from 'node:http';
import { UserError } from '../../../core/errors.js';
import { refusalOf, STATUS } from '../../http/status.js';
import { Refused } from '../../wire/refused.js';
import { bodyAs } from '../body.js';
import type { Door, House, OpenDoor } from '../door.js';
import { type Answer, bodyOf, Fault, header, send } from '../http.js';
import type { Session } from '../session.js';
import { readArgs, type Site, siteOf } from '../site.js';
import { planOf, type StartArgs } from '../start.js';
import { actionOf, envBody, oldBody, startBody, stepBody } from './action.js';
import { after, begun, decisionOf, type Facts, stepped, toolsFor } from './play.js';

/** Largest body taken, in bytes. */
const LARGEST = 1024 * 1024;

const door: Door = {
  id: 'aviary',
  title: "Aviary's HTTP protocol, for its Python clients",
  open: (house) => new AviaryDoor(house),
};
export default door;

/** What is remembered of a session besides its episode. */
interface Own {
  readonly facts: Facts;
  /** The last of the requests that were made of it, so that they are served one after the other. */
  last: Promise<unknown>;
  isReset: boolean;
}

type Route = (this: AviaryDoor, site: Site, body: string) => Promise<unknown>;

/**
 * Serves each environment of the house as a task data set. Differs from the reference where that is at fault: requests of
 * one environment do not interleave, nothing is paid after the end, arguments are checked, and no trace of the code is
 * told. SEE: Future-House/aviary, `TaskDatasetServer`.
 */
class AviaryDoor implements OpenDoor {
  readonly #house: House;
  readonly #own = new WeakMap<Session, Own>();
  readonly #routes: { readonly [method: string]: { readonly [route: string]: Route } } = {
    GET: { info: this.#info, tasks: this.#tasks },
    POST: {
      start: this.#start,
      reset: this.#reset,
      step: this.#step,
      close: this.#close,
      close_old_envs: this.#closeOld,
    },
  };

  constructor(house: House) {
    this.#house = house;
  }

  request(path: string, request: IncomingMessage, response: ServerResponse): void {
    this.#answer(path, request)
      .catch((thrown: unknown) => this.#failed(thrown))
      .then((answer) => send(response, answer));
  }

  async #answer(path: string, request: IncomingMessage): Promise<Answer> {
    if (!this.#house.admits(header(request, 'x-api-key'))) throw new Fault(403, 'Invalid or missing API key');
    const { method = 'GET' } = request;
    const body = method === 'POST' ? await bodyOf(request, LARGEST) : '';
    const site = siteOf(path, this.#house.environments);
    return { status: 200, body: await this.#routed(method, site)(body) };
  }

  #routed(method: string, site: Site): (body: string) => Promise<unknown> {
    const [first = '', id = '', what = ''] = site.route.split('/');
    if (first === 'envs' && method === 'GET' && (what === 'frame' || what === 'record'))
      return () => (what === 'frame' ? this.#frame(id, site) : this.#record(id, site));
    const route = Object.hasOwn(this.#routes[method] ?? {}, site.route)
      ? this.#routes[method]?.[site.route]
      : undefined;
    if (route !== undefined) return (body) => route.call(this, site, body);
    const isKnown = Object.values(this.#routes).some((routes) => Object.hasOwn(routes, site.route));
    throw isKnown ? new Fault(405, 'Method Not Allowed') : new Fault(404, 'Not Found');
  }

  #failed(thrown: unknown): Answer {
    if (thrown instanceof Fault) return thrown.answer;
    const refusal = refusalOf(thrown);
    if (refusal === null) this.#house.problem(thrown);
    const status = refusal === null ? 500 : thrown instanceof UserError ? 422 : STATUS[refusal.error];
    return { status, body: { detail: refusal?.text ?? 'something went wrong here' } };
  }

  async #info({ environment, args }: Site): Promise<object> {
    const sizes = environment.tasks?.sizes;
    const split = args.split ?? Object.keys(sizes ?? {})[0] ?? '';
    const ids = this.#house.sessions
      .ids()
      .filter((id) => this.#house.sessions.peek(id)?.session.plan.environment === environment);
    return { dataset_size: args.task === undefined ? (sizes?.[split] ?? null) : 1, running_env_ids: ids };
  }

  async #tasks({ environment }: Site): Promise<object> {
    return { splits: environment.tasks?.sizes ?? null };
  }

  /** NOTE: where tasks are not numbered, the number is the seed, so that an index means the same episode each time. */
  async #start({ environment, args }: Site, body: string): Promise<object> {
    const { task_idx, task_kwargs, seed } = bodyAs(startBody, body);
    const asked: StartArgs = { ...args, ...readArgs(task_kwargs ?? {}), ...(seed == null ? {} : { seed }) };
    const numbered: StartArgs =
      task_idx == null
        ? asked
        : environment.tasks === undefined
          ? { seed: task_idx, ...asked }
          : { ...asked, task: task_idx };
    const { agents, callMs } = this.#house;
    const plan = planOf({ environment, agents }, numbered);
    const split = numbered.split ?? Object.keys(environment.tasks?.sizes ?? {})[0];
    const taskId = numbered.task === undefined ? null : `${split}_${numbered.task}`;
    const session = this.#house.sessions.open({ ...plan, limits: { callMs } });
    this.#own.set(session, { facts: { taskId, seed: numbered.seed ?? null }, last: Promise.resolve(), isReset: false });
    return { env_id: session.id };
  }

  #reset(site: Site, body: string): Promise<unknown> {
    const { env_id } = bodyAs(envBody, body);
    return this.#inTurn(env_id, site, async (session, own) => {
      const now = own.isReset ? await this.#again(session, own) : session;
      const look = await now.seat(now.seats[0] as number).look();
      own.isReset = true;
      return [begun(now, look, own.facts), toolsFor(now, look)];
    });
  }

  /** The same episode from its beginning, under the same id. */
  async #again(session: Session, own: Own): Promise<Session> {
    await this.#house.sessions.close(session.id);
    const anew = this.#house.sessions.open(session.plan, session.id);
    this.#own.set(anew, own);
    return anew;
  }

  #step(site: Site, body: string): Promise<unknown> {
    const { env_id, action: given } = bodyAs(stepBody, body);
    const action = actionOf(given);
    return this.#inTurn(env_id, site, async (session, { facts, isReset }) => {
      if (!isReset) throw new Refused('not your turn', 'reset the environment before its first step');
      const seat = session.seat(session.seats[0] as number);
      const { request } = await seat.look();
      if (request === null) return after(await seat.look());
      seat.answer(decisionOf(request, action));
      return stepped(session, await seat.look(), action, facts);
    });
  }

  async #close(site: Site, body: string): Promise<unknown> {
    const { env_id } = bodyAs(envBody, body);
    this.#session(env_id, site);
    await this.#house.sessions.close(env_id);
    return { env_id };
  }

  async #closeOld({ environment }: Site, body: string): Promise<unknown> {
    const { last_used } = bodyAs(oldBody, body);
    const { sessions } = this.#house;
    const old = sessions.ids().filter((id) => {
      const kept = sessions.peek(id);
      return kept?.session.plan.environment === environment && kept.idleMs > last_used * 1000;
    });
    await Promise.all(old.map((id) => sessions.close(id)));
    return { closed_env_ids: old };
  }

  async #frame(id: string, site: Site): Promise<unknown> {
    const session = this.#session(id, site);
    const { request, result } = await session.seat(session.seats[0] as number).look();
    return { state: request?.view ?? null, info: { ...(this.#own.get(session) as Own).facts, result } };
  }

  /** NOTE: a record holds everything, so it is shown only when nobody can gain by it any more. */
  async #record(id: string, site: Site): Promise<unknown> {
    const { record } = this.#session(id, site);
    if (record === null) throw new Fault(409, 'the record is there when the episode has ended');
    return JSON.parse(record) as unknown;
  }

  #session(id: string, { environment }: Site): Session {
    const session = this.#house.sessions.get(id);
    if (session?.plan.environment !== environment) throw new Fault(404, `Environment ${id} not found`);
    return session;
  }

  /** Runs when what was asked of the session before is done. */
  async #inTurn<T>(id: string, site: Site, run: (session: Session, own: Own) => Promise<T>): Promise<T> {
    const own = this.#own.get(this.#session(id, site)) as Own;
    const turn = own.last.then(async () => {
      const session = this.#session(id, site);
      return run(session, this.#own.get(session) as Own);
    });
    own.last = turn.catch(() => undefined);
    return turn;
  }
}
