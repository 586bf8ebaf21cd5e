import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ludusIn } from '../command-line.js';
import { ask, type Served, serve } from './served.js';
import { Sitter } from './sitting.js';

const GAME = 'tic-tac-toe';
let served: Served;
let folder: string;

beforeAll(async () => {
  served = await serve([GAME]);
  folder = mkdtempSync(join(tmpdir(), 'ludus-joining-'));
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

/** Files of tokens that are kept. */
function tokens(): string[] {
  const home = join(folder, 'runs/seats');
  const names = existsSync(home) ? readdirSync(home, { recursive: true, encoding: 'utf8' }) : [];
  return names.filter((name) => name.endsWith('token')).map((name) => join(home, name));
}

async function plays(sitter: Sitter): Promise<void> {
  while (sitter.view.over === null) {
    if (sitter.view.asked !== null) await sitter.first();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('an agent that is killed and started again goes on in its own seat', async () => {
  const { matchID } = (await ask(served.url, `/games/${GAME}/create`, { unlisted: true })).body;
  const id = String(matchID);
  const body = { playerName: 'Bob', playerID: '1' };
  const { playerCredentials } = (await ask(served.url, `/games/${GAME}/${id}/join`, body)).body;
  const bob = new Sitter(served.url, GAME, id, 1, String(playerCredentials));
  await bob.sync();
  const command = `join ${served.url}/#/table/${GAME}/${id} --agent random --json`;
  const hasMoved = () => served.hall.state(id, 0).G.moves.length > 0;
  expect((await ludusIn(folder, command, { killWhen: hasMoved })).code).toBeNull();
  const { seats } = served.hall.match(id);
  expect(tokens().map((file) => statSync(file).mode & 0o777)).toEqual([0o600]);

  const [again] = await Promise.all([ludusIn(folder, command), plays(bob)]);
  bob.leave();
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(again.out)).toMatchObject({ seat: 0, how: 'rules', record: served.hall.match(id).over?.record });
  expect(served.hall.match(id).seats.map(({ token }) => token)).toEqual(seats.map(({ token }) => token));
  expect(tokens()).toEqual([]);
}, 30_000);

test('two agents of one folder take a seat each', async () => {
  const { matchID } = (await ask(served.url, `/games/${GAME}/create`, { unlisted: true })).body;
  const command = `join ${served.url}/${GAME}/${matchID} --agent random --json`;
  const both = await Promise.all([ludusIn(folder, command), ludusIn(folder, command)]);
  expect(both.map(({ out }) => (JSON.parse(out) as { seat: number }).seat).sort()).toEqual([0, 1]);
  expect(tokens()).toEqual([]);
}, 30_000);
