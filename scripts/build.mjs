// Builds the package into dist/: the compiler's output, beside it what is read at run time as text (cards), and the page.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
  {
    stdio: 'inherit',
  },
);
for (const id of readdirSync(join(root, 'envs'))) {
  const card = join(root, 'envs', id, 'README.md');
  if (!existsSync(card)) continue;
  mkdirSync(join(dist, 'envs', id), { recursive: true });
  copyFileSync(card, join(dist, 'envs', id, 'README.md'));
  // NOTE: a kit runs inside its sandbox as it is written, and nothing else of the package imports it.
  const kit = join('envs', id, 'sandbox/kit');
  if (existsSync(join(root, kit))) cpSync(join(root, kit), join(dist, kit), { recursive: true });
}
await build({ configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn' });
const bin = join(dist, 'src/cli/main.js');
if (!existsSync(bin)) throw new Error(`${dirname(bin)} holds no command line`);
chmodSync(bin, 0o755);
