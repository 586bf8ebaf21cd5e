// Packs the package, installs it in an empty folder and uses it there under plain node, as somebody who never saw this
// tree would: the built commands, the library, and an environment of their own.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'ludus-package-'));
const run = (command, args, cwd = home) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const ludus = (...args) => run(process.execPath, ['node_modules/ludus/dist/src/cli/main.js', ...args]);

run('npm', ['pack', '--silent', '--pack-destination', home], root);
const packed = readdirSync(home).find((name) => name.endsWith('.tgz'));
writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }\n');
run('npm', ['install', '--silent', '--no-audit', '--no-fund', join(home, packed)]);

const passed = [];
function check(name, test) {
  test();
  passed.push(name);
  console.log(`ok  ${name}`);
}

check('npx ludus match werewolf', () => {
  const told = run('npx', ['ludus', 'match', 'werewolf', '--seed', '7']);
  assert.match(told, /Record: runs\/werewolf\/seed-7\.jsonl/);
});
check('ludus replay verify', () =>
  assert.match(ludus('replay', 'verify', 'runs/werewolf'), /^1 records replay exactly/m),
);
check('ludus list', () => assert.match(ludus('list'), /werewolf/));
check('ludus describe werewolf', () => assert.match(ludus('describe', 'werewolf'), /lspo-7/));
check('ludus rollout on worker threads', () => {
  const { episodes } = JSON.parse(ludus('rollout', 'kuhn-poker', '-n', '200', '--workers', '2', '--json'));
  assert.equal(episodes, 200);
});
check('an environment of their own', () => {
  const source = readFileSync(join(root, 'examples/environments/nim/index.ts'), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: 'ESNext', target: 'ES2022' } });
  mkdirSync(join(home, 'games/nim'), { recursive: true });
  writeFileSync(join(home, 'games/nim/index.js'), outputText);
  writeFileSync(join(home, 'ludus.config.json'), '{ "environments": ["games"] }\n');
  assert.match(ludus('list'), /nim/);
  assert.match(ludus('match', 'nim', '--seed', '1', '--config', 'sticks=5'), /player_[01] takes/);
  assert.match(ludus('check', 'games/nim'), /nim/);
});
check('the library', () => {
  const script = `import { make } from 'ludus';
const env = await make('kuhn-poker');
let { observations } = await env.reset({ seed: 1 });
for (let over = false; !over; ) {
  const moves = Object.fromEntries(Object.entries(observations).map(([seat, { space }]) => [seat, space.options[0].id]));
  const step = await env.step(moves);
  observations = step.observations;
  over = step.terminated || step.truncated;
  if (over) console.log(JSON.stringify(step.rewards));
}`;
  writeFileSync(join(home, 'use.mjs'), script);
  assert.match(run(process.execPath, ['use.mjs']), /^\[(1,-1|-1,1)\]\n$/);
});
check('a tournament, its ratings and an export, from the library', () => {
  const source = readFileSync(join(root, 'examples/tournament.ts'), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: 'ESNext', target: 'ES2022' } });
  writeFileSync(join(home, 'tournament.mjs'), outputText);
  const told = run(process.execPath, ['tournament.mjs']);
  assert.match(told, /^scripted /m);
  assert.match(told, /^40 games, [1-9]\d* rows$/m);
});
check('an environment as a boardgame.io game, and a boardgame.io game as an environment', () => {
  const script = `import { createRequire } from 'node:module';
import { Catalogue } from 'ludus';
import { asBoardGame } from 'ludus/boardgame';
const { Client } = createRequire(import.meta.url)('boardgame.io/client');
const game = asBoardGame(await new Catalogue().environment('tic-tac-toe'));
const client = Client({ game, numPlayers: 2, debug: false });
for (let seat = 0; client.getState().ctx.gameover === undefined; seat = 1 - seat) {
  client.updatePlayerID(String(seat));
  const { tick, asked } = client.getState().G;
  client.moves.act(tick, asked.space.options[0].id);
}
console.log(client.getState().ctx.gameover.outcome);`;
  writeFileSync(join(home, 'board.mjs'), script);
  assert.equal(run(process.execPath, ['board.mjs']), 'x wins\n');
  const coin = `export default {
  setup: () => ({}),
  moves: { call: ({ random, events }, side) => void events.endGame({ winner: random.Die(2) === side ? '0' : '1' }) },
  ai: { enumerate: () => [1, 2].map((side) => ({ move: 'call', args: [side] })) },
};`;
  writeFileSync(join(home, 'games/coin.js'), coin);
  assert.match(ludus('match', 'boardgame:./games/coin.js', '--seed', '1'), /player_[01] wins/i);
});
await checkServer();
check('a report', () => assert.match(ludus('report', 'runs/library'), /^report\.html: 40 games/));

rmSync(home, { recursive: true });
console.log(`package: ${passed.length} passed, 0 failed`);

/** The packed server in production: lobby and page, and a clean end. */
async function checkServer() {
  const env = { ...process.env, NODE_ENV: 'production' };
  const args = ['node_modules/ludus/dist/src/cli/main.js', 'serve', '--port', '0', '--json'];
  const server = spawn(process.execPath, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.on('close', resolve));
  const [line] = await once(server.stdout, 'data');
  const { url } = JSON.parse(String(line));
  const body = JSON.stringify({ numPlayers: 3, setupData: { agents: { 0: 'random', 1: 'random', 2: 'scripted' } } });
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const { matchID } = await (await fetch(`${url}/games/kuhn-poker/create`, sent)).json();
  const page = await (await fetch(url)).text();
  let match = {};
  while (match.state !== 'over') match = await (await fetch(`${url}/games/kuhn-poker/${matchID}`)).json();
  server.kill('SIGTERM');
  const code = await ended;
  check('ludus serve in production, with its page', () => {
    assert.match(page, /<script type="module" crossorigin src="\/assets\//);
    assert.equal(match.players.length, 3);
    assert.equal(code, 0);
  });
}
