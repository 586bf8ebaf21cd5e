import type { RawData, WebSocket } from 'ws';
import { suggestion } from '../../../core/errors.js';
import type { JsonObject } from '../../../core/json.js';
import { isObject } from '../../../core/json.js';
import type { House } from '../door.js';
import type { Client } from './client.js';
import { readAs, type Trouble, troubleOf } from './faults.js';
import { answer, answerText, type Reach, tooMany } from './rpc.js';
import { actionSchema, messages, type Sent } from './wire.js';

/** Most requests of a socket that are not answered yet, and most bytes it has not taken. */
const MOST_WAITING = 256;
const MOST_UNREAD = 64 * 1024 * 1024;

export interface SocketPlan {
  readonly client: Client;
  readonly house: House;
  readonly reach: Reach;
  /** Milliseconds after which a client that says nothing is let go. */
  readonly idleMs: number;
  /** Set where there are too many sockets, so that this one is told so and closed: how many there may be. */
  readonly full?: number;
}

/** Answers the requests of a socket, one frame for each, in their order. */
abstract class Answering {
  protected readonly plan: SocketPlan;
  readonly #socket: WebSocket;
  readonly #idle: NodeJS.Timeout;

  constructor(socket: WebSocket, plan: SocketPlan) {
    this.#socket = socket;
    this.plan = plan;
    this.#idle = setTimeout(() => this.#quiet(), plan.idleMs).unref();
    socket.on('message', (data: RawData) => this.#heard(data));
    socket.on('close', () => this.#closed());
    socket.on('error', () => socket.terminate());
  }

  /** The answer to a request; null where it ends the connection. */
  protected abstract answer(text: string): Promise<object | null>;

  /** What a client is told when there are too many. */
  protected abstract full(most: number): object;

  protected hangUp(): void {
    this.#socket.close(1000);
    this.#closed();
  }

  #heard(data: RawData): void {
    const { client, house } = this.plan;
    this.#idle.refresh();
    if (client.waiting >= MOST_WAITING || this.#socket.bufferedAmount > MOST_UNREAD) {
      this.#socket.close(1008, 'too many requests that are not answered or not read');
      return;
    }
    if (this.plan.full !== undefined) {
      this.#send(this.full(this.plan.full));
      this.hangUp();
      return;
    }
    this.answer(String(data))
      .then((sent) => this.#send(sent))
      .catch(house.problem);
  }

  #send(sent: object | null): void {
    this.#idle.refresh();
    if (sent !== null && this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(sent));
  }

  /** NOTE: who is being kept waiting cannot say anything. */
  #quiet(): void {
    if (this.plan.client.waiting > 0) this.#idle.refresh();
    else this.#socket.close(1001, 'nothing was said for too long');
  }

  #closed(): void {
    clearTimeout(this.#idle);
    this.plan.client.leave().catch(this.plan.house.problem);
  }
}

/** A socket at `/ws`: OpenEnv's own messages. */
export class EnvSocket extends Answering {
  protected async answer(text: string): Promise<Sent | null> {
    const { client, house } = this.plan;
    const read = messageOf(text);
    if ('trouble' in read) return client.inTurn(async () => ({ type: 'error', data: read.trouble }));
    const { message } = read;
    if (message.type === 'close') {
      this.hangUp();
      return null;
    }
    const failed = (thrown: unknown): Sent => ({ type: 'error', data: troubleOf(thrown, house) });
    return client.inTurn(() => this.#said(message).catch(failed));
  }

  protected full(most: number): Sent {
    const message = `there are ${most} open connections, and no more may be opened; close one`;
    return { type: 'error', data: { message, code: 'CAPACITY_REACHED', active_sessions: most, max_sessions: most } };
  }

  async #said(message: Message): Promise<Sent> {
    const { client, reach } = this.plan;
    switch (message.type) {
      case 'reset':
        return { type: 'observation', data: await client.reset(readAs(messages.reset, message).data as JsonObject) };
      case 'step': {
        const { data } = readAs(messages.step, message);
        return { type: 'observation', data: await client.step(readAs(actionSchema(data), data)) };
      }
      case 'mcp':
        return { type: 'mcp', data: await answer(readAs(messages.mcp, message).data, reach) };
      default:
        readAs(messages.state, message);
        return { type: 'state', data: client.state() };
    }
  }
}

/** A socket at `/mcp`: JSON-RPC and nothing else. */
export class RpcSocket extends Answering {
  protected answer(text: string): Promise<JsonObject> {
    const { client, reach } = this.plan;
    return client.inTurn(() => answerText(text, reach));
  }

  protected full(most: number): JsonObject {
    return tooMany(most);
  }
}

interface Message extends JsonObject {
  readonly type: keyof typeof messages;
}

function messageOf(text: string): { readonly message: Message } | { readonly trouble: Trouble } {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { trouble: { message: 'Invalid JSON: one object is wanted in each frame', code: 'INVALID_JSON' } };
  }
  const type = isObject(message) ? message.type : undefined;
  if (typeof type === 'string' && Object.hasOwn(messages, type)) return { message: message as Message };
  const known = Object.keys(messages);
  const hint = typeof type === 'string' ? suggestion(type.slice(0, 40), known) : `known: ${known.join(', ')}`;
  return { trouble: { message: `Unknown message type: ${hint}`, code: 'UNKNOWN_TYPE' } };
}
