import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Asked, Shape } from './asked.js';

/** What a server does with one request. */
export type Behaviour = (response: ServerResponse, asked: Asked, shape: Shape) => void | Promise<void>;

/** A whole answer in the protocol the request came in. */
export function answers(answer: Answer | string): Behaviour {
  const whole = typeof answer === 'string' ? { text: answer } : answer;
  return (response, asked, shape) => json(response, 200, shape.write(whole, asked));
}

/** Does something later. */
export function after(ms: number, then: Behaviour): Behaviour {
  return async (response, asked, shape) => {
    await sleep(ms);
    await then(response, asked, shape);
  };
}

/** An error status with a message, as all providers write it. */
export function fails(
  status: number,
  message = `planted ${status}`,
  headers: { [name: string]: string } = {},
): Behaviour {
  return (response) => json(response, status, { type: 'error', error: { type: 'planted', message } }, headers);
}

/** 429, and how long to wait. */
export function limits(headers: { [name: string]: string } = { 'retry-after-ms': '1' }): Behaviour {
  return fails(429, 'too many requests', headers);
}

/** Hangs up without a word. */
export function drops(): Behaviour {
  return (response) => {
    response.socket?.destroy();
  };
}

/** Hangs up in the middle of the body that it had announced. */
export function dropsMidway(answer: Answer | string = 'half'): Behaviour {
  return (response, asked, shape) => {
    const text = textOf(answer, asked, shape);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
  };
}

/** A complete body that holds half a JSON. */
export function halves(answer: Answer | string = 'half'): Behaviour {
  return (response, asked, shape) => {
    const text = textOf(answer, asked, shape);
    whole(response, 200, text.slice(0, text.length / 2));
  };
}

/** A success without a body. */
export function empty(): Behaviour {
  return (response) => whole(response, 200, '');
}

/** Any body at all. */
export function says(text: string, status = 200): Behaviour {
  return (response) => whole(response, status, text);
}

/** Writes and never ends, until the client hangs up. */
export function endless(): Behaviour {
  return async (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"choices":[{"message":{"role":"assistant","content":"');
    while (!response.destroyed) {
      if (!response.write('and so on '.repeat(100)))
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
      await sleep(0);
    }
  };
}

/** Takes the request and never sends even a header. */
export function silent(): Behaviour {
  return () => undefined;
}

function once(response: ServerResponse, event: 'drain' | 'close'): Promise<void> {
  return new Promise((resolve) => {
    response.once(event, () => resolve());
  });
}

function textOf(answer: Answer | string, asked: Asked, shape: Shape): string {
  return JSON.stringify(shape.write(typeof answer === 'string' ? { text: answer } : answer, asked));
}

function json(response: ServerResponse, status: number, body: object, headers: { [name: string]: string } = {}): void {
  whole(response, status, JSON.stringify(body), headers);
}

function whole(response: ServerResponse, status: number, text: string, headers: { [name: string]: string } = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
