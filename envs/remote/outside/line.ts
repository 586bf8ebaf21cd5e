import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { isObject, type JsonObject } from '../../../src/core/json.js';
import { keyHeader } from './dialect.js';

/** How long a connection may take, and the largest answer. */
const OPEN_MS = 10_000;
const LARGEST = 100 * 1024 * 1024;

interface Waiting {
  take(frame: JsonObject): void;
  fail(reason: Error): void;
}

/**
 * A connection on which each frame is answered by the next that comes. Where an answer is not waited for to its end the
 * connection is of no more use, for the next answer would be taken for that of another question.
 */
export class Line {
  readonly #socket: WebSocket;
  /** NOTE: only while an answer is waited for does it keep the process alive. */
  readonly #wire: Socket;
  #waiting: Waiting | null = null;

  private constructor(socket: WebSocket, wire: Socket) {
    this.#socket = socket;
    this.#wire = wire.unref();
    socket.on('message', (data) => this.#heard(String(data)));
    socket.on('close', () => this.#failed('the connection was closed'));
    socket.on('error', (error) => this.#failed(error.message));
  }

  /** @throws Error when there is no connection */
  static open(url: string, signal: AbortSignal): Promise<Line> {
    const socket = new WebSocket(url, { handshakeTimeout: OPEN_MS, maxPayload: LARGEST, headers: keyHeader() });
    let wire: Socket;
    socket.once('upgrade', (response) => {
      wire = response.socket;
    });
    return new Promise((resolve, reject) => {
      const stop = () => socket.terminate();
      signal.addEventListener('abort', stop, { once: true });
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('the connection was closed')));
      socket.once('open', () => {
        signal.removeEventListener('abort', stop);
        resolve(new Line(socket, wire));
      });
    });
  }

  /** @throws Error when no answer comes */
  ask(message: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    return new Promise<JsonObject>((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) return reject(new Error('the connection was closed'));
      const stop = () => this.#socket.terminate();
      signal.addEventListener('abort', stop, { once: true });
      this.#wire.ref();
      const done = () => {
        this.#wire.unref();
        signal.removeEventListener('abort', stop);
      };
      this.#waiting = {
        take(frame) {
          done();
          resolve(frame);
        },
        fail(reason) {
          done();
          reject(reason);
        },
      };
      this.#socket.send(JSON.stringify(message));
    });
  }

  close(): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send('{"type":"close"}');
    this.#socket.close();
  }

  #heard(text: string): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    const frame = parsed(text);
    if (frame === null) waiting?.fail(new Error(`what came is no JSON object: ${text.slice(0, 100)}`));
    else waiting?.take(frame);
  }

  #failed(reason: string): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.fail(new Error(reason));
  }
}

function parsed(text: string): JsonObject | null {
  try {
    const frame: unknown = JSON.parse(text);
    return isObject(frame) ? frame : null;
  } catch {
    return null;
  }
}
