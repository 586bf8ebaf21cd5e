import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A thousand episodes of five turns at once against a model server that answers after 200 ms, each contender beside a
 * bare client that sends the very bodies which it sent. Server, contender and bare client are processes of their own;
 * figures are the median wave of five after two to warm up. The thin road may take 1.3 times the wall time and 1.5 times
 * the processor time.
 */
const EPISODES = 1000;
const TURNS = 5;
const DELAY_MS = 200;
const folder = fileURLToPath(new URL('./model-calls/', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'ludus-bench-'));
const bodies = join(home, 'bodies.json');

interface Figures {
  readonly wall: number;
  readonly cpu: number;
  readonly calls: number;
  readonly memory: number;
}

const contenders: { readonly [what: string]: (thin: string) => Figures } = {
  'thin road': (thin) => episodes(thin, 'plain'),
  'thin road, thread of a rollout': (thin) => episodes(thin, 'plain', 'thread.mjs'),
  'AI SDK': (thin) => episodes(`${thin}?road=sdk`, 'plain'),
  'thin road, agent llm': (thin) => episodes(thin, 'llm'),
  'thin road, agent llm, thread of a rollout': (thin) => episodes(thin, 'llm', 'thread.mjs'),
};
const table: { [what: string]: object } = {};
for (const [what, play] of Object.entries(contenders)) {
  const { server, url } = await serve();
  const own = play(`vllm/m@${url}`);
  const bare = run(['--import', 'tsx', join(folder, 'bare.mjs'), url, bodies, String(EPISODES), String(TURNS)]);
  server.kill();
  table[what] = rowOf(own, bare);
  table[`${what}: bare client`] = rowOf(bare, bare);
}
rmSync(home, { recursive: true });

console.log(`${EPISODES} episodes of ${TURNS} turns at once, answers after ${DELAY_MS} ms, one wave`);
console.table(table);

function rowOf({ wall, cpu, calls, memory }: Figures, bare: Figures): object {
  return {
    calls,
    'wall, ms': Math.round(wall),
    'wall, times bare': (wall / bare.wall).toFixed(2),
    'processor, ms': Math.round(cpu),
    'processor, times bare': (cpu / bare.cpu).toFixed(2),
    'processor a call, ms': (cpu / calls).toFixed(3),
    'memory, MB': Math.round(memory),
  };
}

function episodes(model: string, seated: string, program = 'episodes.ts'): Figures {
  return run(['--import', 'tsx', join(folder, program), model, seated, String(EPISODES), String(TURNS)]);
}

function run(command: readonly string[]): Figures {
  const { stdout, status } = spawnSync(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}`);
  const figures = JSON.parse(stdout.toString('utf8')) as Figures;
  // NOTE: an agent whose calls fail forfeits quickly, which must not look like speed.
  if (figures.calls === EPISODES * TURNS) return figures;
  throw new Error(`${command.join(' ')} made ${figures.calls} calls of ${EPISODES * TURNS}`);
}

async function serve(): Promise<{ server: ChildProcess; url: string }> {
  const command = [join(folder, 'server.mjs'), DELAY_MS, 'rock', bodies, EPISODES * TURNS].map(String);
  const server = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise((resolve) => {
    server.stdout?.once('data', (data: Buffer) => resolve(data.toString('utf8').trim()));
  });
  return { server, url: `http://127.0.0.1:${port}/v1` };
}
