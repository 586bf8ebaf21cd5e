import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ludusIn } from '../command-line.js';
import { first, httpAgent, type Remote, socketAgent } from './servers.js';

const folder = mkdtempSync(join(tmpdir(), 'ludus-remote-'));
let http: Remote;
let socket: Remote;
/** Answers that wait until another episode asks too. */
const waiting: { readonly episode: string; readonly go: () => void }[] = [];

beforeAll(async () => {
  http = await httpAgent({ '/first': (asked) => [200, JSON.stringify(first(asked))] });
  socket = await socketAgent((message, to) => {
    if (message.type !== 'ask') return;
    const go = () => to.send(JSON.stringify({ id: message.id, ...first(message) }));
    if (!socketTogether) return go();
    waiting.push({ episode: message.episode, go });
    if (waiting.length < 2) return;
    for (const one of waiting.splice(0)) one.go();
  });
});
afterAll(async () => {
  await Promise.all([http.close(), socket.close()]);
  rmSync(folder, { recursive: true });
});
let socketTogether = false;

describe('agents elsewhere in runs', () => {
  it('play a rollout on worker threads', { timeout: 60_000 }, async () => {
    const line = `rollout kuhn-poker -n 20 --workers 2 --seed 3 --clock fixed --agents remote:http://${http.host}/first,random --json`;
    const { code, out, err } = await ludusIn(folder, line);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ episodes: 20, how: { rules: 20 } });
    expect(new Set(http.heard.map(({ episode }) => episode)).size).toBe(20);
  });

  it('sit at two tables at once, each over a socket of its own', { timeout: 60_000 }, async () => {
    socketTogether = true;
    const line = `rollout rpsls -n 2 --workers 1 --concurrency 2 --seed 3 --agents remote:ws://${socket.host},random --json`;
    const { out } = await ludusIn(folder, line);
    socketTogether = false;
    expect(JSON.parse(out)).toMatchObject({ episodes: 2, how: { rules: 2 } });
    const asked = socket.heard.filter(({ type }) => type === 'ask').map(({ episode }) => episode);
    expect(asked[0]).not.toBe(asked[1]);
  });

  it('play a tournament that is stopped and goes on', { timeout: 90_000 }, async () => {
    const before = http.heard.length;
    const line = `tournament kuhn-poker --agents remote:http://${http.host}/first,random --no-anchors --blocks 20 --seed 1 --workers 1 --out cup`;
    const stopped = await ludusIn(folder, line, { killWhen: () => http.heard.length > before + 20 });
    expect(stopped.code).toBeNull();
    const { code, out } = await ludusIn(folder, 'tournament --resume cup --json');
    expect(code).toBe(0);
    expect(out).toContain('remote:http');
  });
});
