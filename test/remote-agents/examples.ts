import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../docs/remote-agents.md', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A program of the documentation that runs. */
export interface Example {
  readonly port: number;
  close(): void;
}

/** Runs the program of a language that the page shows, at a port of its own. */
export async function runExample(language: 'python' | 'js', command: string, args: string[]): Promise<Example> {
  const page = readFileSync(PAGE, 'utf8');
  const [, program = ''] = new RegExp(`\`\`\`${language}\n([\\s\\S]+?)\n\`\`\``).exec(page) ?? [];
  const port = 20_000 + (process.pid % 20_000) + (language === 'js' ? 1 : 0);
  const child = spawn(command, [...args, program.replace(/\b900[01]\b/, String(port))], { cwd: ROOT, stdio: 'ignore' });
  await listening(child, port);
  return { port, close: () => void child.kill() };
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  while (child.exitCode === null && child.pid !== undefined) {
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('the program of the page does not run');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
