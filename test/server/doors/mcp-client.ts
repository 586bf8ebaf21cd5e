import { Client, type Transport } from '@modelcontextprotocol/client';
import { print } from '../../../src/core/answers.js';
import type { JsonObject } from '../../../src/core/json.js';

/** What a tool answered. */
export interface Answered {
  readonly text: string;
  readonly fields: JsonObject;
  readonly isError: boolean;
}

/** An assistant, as far as the protocol sees one: the client of the protocol's own makers, and a call in one line. */
export class Assistant {
  readonly client: Client;

  private constructor(client: Client) {
    this.client = client;
  }

  static async connect(transport: Transport, mode: 'legacy' | 'auto' = 'legacy'): Promise<Assistant> {
    const client = new Client({ name: 'assistant', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(transport);
    return new Assistant(client);
  }

  async call(name: string, args: object = {}): Promise<Answered> {
    const { content, structuredContent, isError } = await this.client.callTool({ name, arguments: { ...args } });
    const texts = (content as { type: string; text: string }[]).map(({ text }) => text);
    return { text: texts.join('\n'), fields: (structuredContent ?? {}) as JsonObject, isError: isError === true };
  }
}

/** Solves the calculator task that a seed names, by its tools. Gives all that was seen. */
export async function solveSum(assistant: Assistant): Promise<Answered[]> {
  const seen = [await assistant.call('start', { environment: 'calculator', split: 'test', task: 0 })];
  const session = seen[0]?.fields.session;
  const [, expression] = /worth: (.+)$/m.exec(seen[0]?.text ?? '') ?? [];
  const calls = (name: string, args: object) => assistant.call('act', { session, calls: [{ name, args }] });
  seen.push(await calls('calculate', { expression }));
  return seen;
}

/** Plays the first option there is until the episode is over. Gives all that was seen. */
export async function playFirst(assistant: Assistant, args: object): Promise<Answered[]> {
  const seen = [await assistant.call('start', args)];
  while (seen.at(-1)?.fields.status !== 'over') {
    const { session, legal } = seen.at(-1)?.fields as { session: string; legal: string[] };
    const answer = print({ kind: 'choice', options: [] }, legal[0] as string);
    seen.push(await assistant.call('act', { session, answer }));
  }
  return seen;
}
