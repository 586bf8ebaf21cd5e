import { expect } from 'vitest';

/** What a server answered: the status, the JSON of the body, and the body as it was sent. */
export interface Heard {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
}

export interface SeenMessage {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
  readonly tool_call_id?: string;
  readonly info: { readonly [key: string]: unknown } | null;
}

export interface SeenTool {
  readonly type: string;
  readonly function: { readonly name: string; readonly description: string; readonly parameters: object };
}

export type Begun = [messages: SeenMessage[], tools: SeenTool[]];
export type Stepped = [messages: SeenMessage[], reward: number, done: boolean, truncated: boolean];

/** Asks as Aviary's Python client does: JSON by POST. A text is sent as it is; nothing is asked for by GET. */
export async function send(
  address: string,
  body?: unknown,
  headers: { readonly [name: string]: string } = {},
): Promise<Heard> {
  const sent = { 'content-type': 'application/json', ...headers };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(
    address,
    body === undefined ? { headers } : { method: 'POST', headers: sent, body: text },
  );
  const answered = await response.text();
  return { status: response.status, text: answered, body: read(answered) };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** A call of a tool as the Python client sends it. */
export function call(name: string, args: object, id = 'call00001'): object {
  return { id, type: 'function', function: { arguments: JSON.stringify(args), name } };
}

/** A message that calls tools. */
export function calls(...made: readonly object[]): object {
  return { role: 'assistant', content: null, function_call: null, tool_calls: made };
}

/** One environment at a door, driven from start to close. */
export class Driven {
  readonly site: string;
  readonly id: string;

  private constructor(site: string, id: string) {
    this.site = site;
    this.id = id;
  }

  static async start(site: string, body: object = {}): Promise<Driven> {
    const { env_id } = (await fine(`${site}/start`, body)) as { env_id: string };
    return new Driven(site, env_id);
  }

  async reset(): Promise<Begun> {
    return (await fine(`${this.site}/reset`, { env_id: this.id })) as Begun;
  }

  async step(action: object): Promise<Stepped> {
    return (await fine(`${this.site}/step`, { env_id: this.id, action })) as Stepped;
  }

  /** As `step`, with what was sent as it is. */
  async heard(action: unknown): Promise<Heard> {
    return send(`${this.site}/step`, { env_id: this.id, action });
  }

  async close(): Promise<void> {
    expect(await fine(`${this.site}/close`, { env_id: this.id })).toEqual({ env_id: this.id });
  }

  async record(): Promise<unknown> {
    return (await send(`${this.site}/envs/${this.id}/record`)).body;
  }
}

async function fine(address: string, body: object): Promise<unknown> {
  const { status, body: answered, text } = await send(address, body);
  if (status !== 200) throw new Error(`${address} answered ${status}: ${text}`);
  return answered;
}
