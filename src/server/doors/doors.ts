import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Shard } from '../../../replays/shard.js';
import type { Gate } from '../http/gate.js';
import { refusalOf, STATUS } from '../http/status.js';
import type { Door, House, OpenDoor } from './door.js';
import { keyCheck } from './key.js';
import { Sessions } from './sessions.js';

export interface DoorsPlan extends Pick<House, 'environments' | 'agents' | 'problem'> {
  readonly doors: readonly Door[];
  readonly gate: Gate;
  /** The key clients must show; none where absent. */
  readonly key?: string;
  /** Most sessions open at each door. */
  readonly sessions: number;
  readonly idleMs: number;
  readonly callMs: number;
  /** The file that records of finished episodes go to; they are kept only as long as their session where absent. */
  readonly records?: string;
}

interface Standing {
  readonly open: OpenDoor;
  readonly sessions: Sessions;
}

const SWEEP_MS = 60_000;

/** The doors of a server that stand open, each below its own path. */
export class Doors {
  readonly #plan: DoorsPlan;
  readonly #standing = new Map<string, Standing>();
  readonly #shard: Shard | null;
  readonly #sweeping: NodeJS.Timeout;

  constructor(plan: DoorsPlan) {
    this.#plan = plan;
    this.#shard = plan.records === undefined ? null : new Shard(plan.records);
    for (const door of plan.doors) this.#open(door);
    this.#sweeping = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  /** Answers what is asked below the path of a door. Gives whether it was. */
  request(request: IncomingMessage, response: ServerResponse): boolean {
    const at = this.#at(request);
    if (at === null) return false;
    if (this.#meets(request, response)) at.door.request(at.path, request, response);
    return true;
  }

  /** Takes over sockets below the paths of doors from now on, and refuses all that lead nowhere. */
  listen(http: Server, isElsewhere: (path: string) => boolean): void {
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const at = this.#at(request);
      if (at === null && isElsewhere(request.url ?? '')) return;
      if (at?.door.upgrade === undefined || !this.#welcome(request)) socket.destroy();
      else at.door.upgrade(at.path, request, socket, head);
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    for (const { open, sessions } of this.#standing.values()) {
      await open.close?.();
      await sessions.closeAll();
    }
    this.#shard?.close();
  }

  #open(door: Door): void {
    const { environments, agents, problem, key, sessions: most, idleMs, callMs } = this.#plan;
    const finished = (record: string) => this.#shard?.append(record);
    const sessions = new Sessions(door.id, { most, idleMs, problem, finished });
    const open = door.open({ environments, agents, sessions, admits: keyCheck(key), callMs, problem });
    this.#standing.set(door.id, { open, sessions });
  }

  #at({ url = '/' }: IncomingMessage): { readonly door: OpenDoor; readonly path: string } | null {
    const end = url.indexOf('?');
    const whole = end < 0 ? url : url.slice(0, end);
    const second = whole.indexOf('/', 1);
    const standing = this.#standing.get(whole.slice(1, second < 0 ? undefined : second));
    return standing === undefined ? null : { door: standing.open, path: second < 0 ? '/' : whole.slice(second) };
  }

  #meets(request: IncomingMessage, response: ServerResponse): boolean {
    try {
      this.#plan.gate.meet(request);
      return true;
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal === null) this.#plan.problem(thrown);
      response.writeHead(refusal === null ? 500 : STATUS[refusal.error], { 'content-type': 'application/json' });
      response.end(JSON.stringify({ detail: refusal?.text ?? 'something went wrong here' }));
      return false;
    }
  }

  #welcome(request: IncomingMessage): boolean {
    try {
      this.#plan.gate.meet(request);
      return true;
    } catch (thrown) {
      if (refusalOf(thrown) === null) this.#plan.problem(thrown);
      return false;
    }
  }

  #sweep(): void {
    for (const { sessions } of this.#standing.values()) sessions.sweep();
  }
}
