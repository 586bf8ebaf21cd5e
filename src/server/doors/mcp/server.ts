import { type CallToolResult, McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { readConfig } from '../../../core/config.js';
import { refusalOf } from '../../http/status.js';
import type { Guest } from './guest.js';
import { TOOLS, type Told } from './tools.js';

/** Version of the tools as clients see them. */
const VERSION = '1.0.0';
const INSTRUCTIONS = `Ludus: games to play and tasks to solve, with records that replay exactly.
1. list_environments, then describe_environment for the rules and what can be chosen.
2. start gives a session and the first turn.
3. act answers the turn and shows the next one, until the status is "over". Answers are read strictly: exactly one.
4. replay shows what happened, with all that was hidden; close lets go of the session.`;

/** A server of the Model Context Protocol that lets one guest play. */
export function serverFor(guest: Guest): McpServer {
  const server = new McpServer({ name: 'ludus', version: VERSION }, { instructions: INSTRUCTIONS });
  for (const [name, { title, description, args, isReading, run }] of Object.entries(TOOLS)) {
    const annotations = { readOnlyHint: isReading, openWorldHint: false };
    server.registerTool(name, { title, description, inputSchema: args, annotations }, (given) =>
      answered(guest, () => run(guest, given)),
    );
  }
  offerRules(server, guest);
  return server;
}

/** The rules of each environment under its usual configuration, as resources. */
function offerRules(server: McpServer, guest: Guest): void {
  const list = () => ({
    resources: [...guest.house.environments.values()].map(({ spec: { id, title } }) => ({
      uri: `ludus://rules/${encodeURIComponent(id)}`,
      name: `Rules of ${title}`,
      mimeType: 'text/plain',
    })),
  });
  const template = new ResourceTemplate('ludus://rules/{environment}', { list });
  const about = { title: 'Rules', description: 'The rules of a game or task as it is usually played.' };
  server.registerResource('rules', template, { ...about, mimeType: 'text/plain' }, (uri, { environment }) => {
    const { spec } = guest.environment(decodeURIComponent(String(environment)));
    return { contents: [{ uri: uri.href, mimeType: 'text/plain', text: spec.rules(readConfig(spec)) }] };
  });
}

/** NOTE: what went wrong here is told to whoever runs the server, and to nobody else. */
async function answered(guest: Guest, run: () => Told | Promise<Told>): Promise<CallToolResult> {
  try {
    const { text, fields, isError = false } = await run();
    return { content: [{ type: 'text', text }], structuredContent: fields, isError };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === null) guest.house.problem(thrown);
    return { content: [{ type: 'text', text: refusal?.text ?? 'something went wrong here' }], isError: true };
  }
}
