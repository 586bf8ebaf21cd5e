import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { styleIds } from '../../agents/llm/found.js';
import { ludusIn } from '../command-line.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { obliging } from './obliging.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/llm-agents.md'), 'utf8');
/** NOTE: what needs a model's own files or a package of its own stands on the page without `sh`. */
const commands = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.trim().split('\n'));

let server: ModelServer;
let folder: string;
beforeAll(async () => {
  server = await startModelServer(obliging);
  folder = mkdtempSync(join(tmpdir(), 'ludus-llm-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the page on language-model agents', () => {
  it('shows commands and every style', () => {
    expect(commands).toHaveLength(7);
    expect(styleIds().filter((style) => !PAGE.includes(`| \`${style}`))).toEqual([]);
  });

  // NOTE: the server of the page is the scripted one here, at a port of its own.
  it.each(commands)('%s', async (command) => {
    server.play(obliging);
    const line = command.replace(/^ludus /, '').replace('http://localhost:8000', server.origin);
    expect(line).toContain(server.origin);
    const { code, err } = await ludusIn(folder, line);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    expect(server.received.length > 0).toBe(!line.includes('cassette='));
  });

  it('plays the same game from the cassette as over the network', () => {
    const record = (name: string) => JSON.parse(readFileSync(join(folder, 'runs/kuhn-poker', name), 'utf8'));
    const { seats: first, id: _one, ...live } = record('seed-7-2.jsonl');
    const { seats: second, id: _two, ...replayed } = record('seed-7-3.jsonl');
    expect(live.steps.length).toBeGreaterThan(2);
    expect(replayed).toEqual(live);
    expect(first[0].agent.replace('record=', 'cassette=')).toBe(second[0].agent);
  });
});

it('examples/language-model.ts plays a game of Werewolf to its end', async () => {
  server.play(obliging);
  const args = ['--import', 'tsx', 'examples/language-model.ts', `compatible/toy@${server.origin}/v1`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(stdout).toMatch(/(-?1 ){7}\d+ calls\n$/);
  expect(stdout).toContain(`${server.received.length} calls`);
});
