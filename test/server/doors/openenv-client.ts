import { once } from 'node:events';
import { WebSocket } from 'ws';
import { stream } from '../../../src/core/rng.js';

/** A frame as the server sends it. */
export interface Frame {
  readonly type: string;
  readonly data: {
    readonly [field: string]: unknown;
    readonly observation: {
      readonly [field: string]: unknown;
      readonly text: string;
      readonly legal_actions: readonly string[] | null;
      readonly metadata: { readonly [field: string]: unknown };
    };
    readonly reward: number | null;
    readonly done: boolean;
    readonly code?: string;
    readonly message?: string;
  };
}

/** A client as OpenEnv's own: it sends a frame and takes the next one as the answer. */
export class Plain {
  readonly socket: WebSocket;
  /** Every frame as it came. */
  readonly heard: string[] = [];
  readonly #waiting: ((text: string) => void)[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.heard.push(String(data));
      this.#waiting.shift()?.(String(data));
    });
  }

  static async open(url: string, path: string, options: object = {}): Promise<Plain> {
    const socket = new WebSocket(url.replace('http', 'ws') + path, options);
    await once(socket, 'open');
    return new Plain(socket);
  }

  ask(message: unknown): Promise<Frame> {
    const answered = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    return answered.then((text) => JSON.parse(text) as Frame);
  }

  reset(data?: object): Promise<Frame> {
    return this.ask(data === undefined ? { type: 'reset' } : { type: 'reset', data });
  }

  say(message: string): Promise<Frame> {
    return this.ask({ type: 'step', data: { message } });
  }

  call(tool_name: string, args: object): Promise<Frame> {
    return this.ask({ type: 'step', data: { type: 'call_tool', tool_name, arguments: args } });
  }

  /** Plays a game of choices to its end, drawing from a stream of random numbers. Gives the sum of its rewards. */
  async play(data: object, label: string): Promise<number> {
    const rng = stream('client', label);
    let total = 0;
    for (let frame = await this.reset(data); ; ) {
      if (frame.type !== 'observation') throw new Error(JSON.stringify(frame));
      total += frame.data.reward ?? 0;
      if (frame.data.done) return total;
      const { legal_actions } = frame.data.observation;
      frame = await this.say(
        legal_actions === null ? '<answer></answer>' : `<answer>${rng.pick(legal_actions)}</answer>`,
      );
    }
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    this.socket.close();
    await once(this.socket, 'close');
  }
}
