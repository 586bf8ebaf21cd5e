import { readFileSync } from 'node:fs';
import { Agent } from 'undici';
import { measure } from './measure.js';

/** The same requests from a bare client: post, read JSON, nothing else. Arguments: URL, file of bodies, lanes, calls. */
const [url, bodiesFile, lanes, calls] = process.argv.slice(2);
const bodies = JSON.parse(readFileSync(bodiesFile, 'utf8'));
const origin = new URL(url).origin;
const path = `${new URL(url).pathname}/chat/completions`;
const agent = new Agent({ connections: Number(lanes) });
const headers = { 'content-type': 'application/json' };

async function lane(at) {
  for (let call = 0; call < Number(calls); call++) {
    const body = bodies[(at * Number(calls) + call) % bodies.length];
    const { statusCode, body: reply } = await agent.request({ origin, path, method: 'POST', headers, body });
    const { choices } = await reply.json();
    if (statusCode !== 200 || choices.length !== 1) throw new Error(`status ${statusCode}`);
  }
  return Number(calls);
}

await measure(Number(lanes), lane);
process.exit(0);
