import { Client, type StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
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

  /** @param mode `legacy`: the protocol of 2025, with sessions; `auto`: the one of 2026, where the server speaks it */
  static async connect(
    transport: StdioClientTransport | StreamableHTTPClientTransport,
    mode: 'legacy' | 'auto' = 'legacy',
  ): Promise<Assistant> {
    const client = new Client({ name: 'assistant', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(transport);
    return new Assistant(client);
  }

  async call(name: string, args: object = {}): Promise<Answered> {
    const { content, structuredContent, isError } = await this.client.callTool({ name, arguments: { ...args } });
    const texts = (content as readonly { readonly text: string }[]).map(({ text }) => text);
    return { text: texts.join('\n'), fields: (structuredContent ?? {}) as JsonObject, isError: isError === true };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** Solves a sum by the tools of the calculator: reads the question, works it out, submits what came. */
export async function solveSum(assistant: Assistant): Promise<Answered> {
  const config = { problem: { id: 'sum', question: 'How much is 3 * (4 + 5)?', answer: 27 } };
  const { text, fields } = await assistant.call('start', { environment: 'calculator', config });
  const act = (name: string, args: object) =>
    assistant.call('act', { session: fields.session, calls: [{ name, args }] });
  const [, expr] = /How much is (.+)\?/.exec(text) ?? [];
  const worked = await act('calculator', { expr });
  return act('submit_answer', { answer: worked.text.split('\n')[0] });
}

/** Plays the first option there is until the episode is over. Gives all that was seen. */
export async function playFirst(assistant: Assistant, args: object): Promise<Answered[]> {
  let last = await assistant.call('start', args);
  const seen = [last];
  for (;;) {
    const { session, status, legal } = last.fields as { session: string; status: string; legal: string[] };
    if (status === 'over') return seen;
    last = await assistant.call('act', { session, answer: `<answer>${legal[0]}</answer>` });
    seen.push(last);
  }
}
