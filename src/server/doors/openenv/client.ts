import { randomUUID } from 'node:crypto';
import type { Decision } from '../../../core/agent.js';
import type { JsonObject } from '../../../core/json.js';
import type { ToolCall } from '../../../core/space.js';
import { Refused } from '../../wire/refused.js';
import type { House } from '../door.js';
import type { Look } from '../seat.js';
import type { Site } from '../site.js';
import { configOf, planOf } from '../start.js';
import { ANSWER } from '../tools.js';
import { readAs } from './faults.js';
import type { Matches, Part } from './matches.js';
import { after, begun, calledTool, listed, staticTools, stepped, toolsListed } from './observe.js';
import {
  type Action,
  type Observed,
  type ResetArgs,
  resetArgs,
  resetFields,
  type State,
  type ToolError,
} from './wire.js';

/** What is called, what of it is played, and why nothing is where nothing is. */
interface Called {
  readonly name: string;
  readonly call: ToolCall | null;
  readonly wrong: ToolError | null;
  readonly decision: Decision | null;
}

/** The id under which a call is played: a step has one. */
const CALL = 'call_0';

/** One client: the episode it plays, if any, and what it asks of it, one thing after the other. */
export class Client {
  /** Cannot be guessed: over HTTP it is what tells clients apart. */
  readonly id = randomUUID();
  readonly #site: Site;
  readonly #house: House;
  readonly #matches: Matches;
  #part: Part | null = null;
  #episode: string | null = null;
  #steps = 0;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #leaving = new AbortController();

  constructor(site: Site, house: House, matches: Matches) {
    this.#site = site;
    this.#house = house;
    this.#matches = matches;
  }

  /** How many requests are not answered yet. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Runs when all that was asked before is answered. */
  async inTurn<T>(run: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const turn = this.#last.then(run).finally(() => this.#waiting--);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** @throws Invalid, UserError, Refused */
  async reset(data: JsonObject, beside: JsonObject = {}): Promise<Observed> {
    const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
    const args = { ...this.#site.args, ...readAs(resetArgs, given) };
    const ignored = Object.keys(given).filter((field) => !Object.hasOwn(resetFields, field));
    const enter = this.#entrance(args);
    await this.leave();
    const { signal } = this.#leaving;
    const part = await enter(signal);
    if (signal.aborted) await part.leave();
    else this.#part = part;
    this.#episode = args.episode_id ?? randomUUID();
    this.#steps = 0;
    const look = await part.session.seat(part.seat).look();
    return begun(part.session, look, { ...beside, ...(ignored.length === 0 ? {} : { ignored }) });
  }

  /** @throws Refused before the first reset */
  async step(action: Action): Promise<Observed> {
    if ('type' in action && action.type === 'list_tools') return this.#tools();
    const { session, seat } = this.#playing();
    this.#house.sessions.get(session.id);
    const door = session.seat(seat);
    const before = await door.look();
    if (before.request === null) return after(session, before, 'tool_name' in action ? action.tool_name : null);
    const called = 'message' in action ? null : callOf(before, action);
    const decision = called === null ? reply((action as { readonly message: string }).message) : called.decision;
    if (decision === null) return calledTool(session, before, { ...before, reward: 0, events: [] }, called as Called);
    this.#steps++;
    door.answer(decision);
    const look = await door.look();
    return called === null ? stepped(session, look) : calledTool(session, before, look, called);
  }

  /** Begins an episode as the address says, unless there is one. */
  async ensure(): Promise<void> {
    if (this.#part === null) await this.reset({});
  }

  state(): State {
    return { episode_id: this.#episode, step_count: this.#steps };
  }

  /** Gives up what is played or waited for. */
  async leave(): Promise<void> {
    const part = this.#part;
    this.#part = null;
    this.#leaving.abort();
    this.#leaving = new AbortController();
    await part?.leave();
  }

  /** NOTE: what is wrong with the arguments is said before the episode that is played is given up. */
  #entrance(args: ResetArgs): (signal: AbortSignal) => Promise<Part> {
    const { environment } = this.#site;
    const { match_id: match } = args;
    if (match !== undefined) {
      configOf(environment, args);
      return (signal) => this.#matches.join(environment, match, args, signal);
    }
    const { sessions, agents, callMs } = this.#house;
    const { seat, ...plan } = planOf({ environment, agents }, args);
    return async () => {
      const session = sessions.open({ ...plan, limits: { callMs } });
      return { session, seat, leave: async () => void (await sessions.close(session.id)) };
    };
  }

  #playing(): Part {
    if (this.#part === null) throw new Refused('not your turn', 'reset the environment before its first step');
    return this.#part;
  }

  async #tools(): Promise<Observed> {
    const { spec } = this.#site.environment;
    if (this.#part === null) return listed(null, null, staticTools(spec));
    const { session, seat } = this.#part;
    const look = await session.seat(seat).look();
    return listed(session, look, toolsListed(spec, look.request?.space ?? null));
  }
}

function reply(text: string): Decision {
  return { reply: { text } };
}

function callOf(
  { request }: Look,
  { tool_name: name, arguments: given }: Extract<Action, { type: 'call_tool' }>,
): Called {
  const args = given as JsonObject;
  if (request?.space.kind === 'tools') {
    const call = { id: CALL, name, args };
    return { name, call, wrong: null, decision: { move: [call] } };
  }
  if (name !== ANSWER)
    return unplayed(name, 'tool_not_found', `there is no tool "${name}" here; the tools are: ${ANSWER}`);
  if (typeof args.text !== 'string') return unplayed(name, 'invalid_args', `${ANSWER} takes a text: {"text": "..."}`);
  return { name, call: null, wrong: null, decision: reply(args.text) };
}

function unplayed(name: string, error_type: ToolError['error_type'], message: string): Called {
  return { name, call: null, wrong: { error_type, message }, decision: null };
}
