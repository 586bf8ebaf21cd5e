import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Runs the benchmarks of this folder, each in a process of its own: `npm run bench`, or `npm run bench -- steps scaling`.
 * They print tables and assert nothing.
 */
const folder = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => basename(file, '.bench.ts'));
const [...asked] = process.argv.slice(2);
const unknown = asked.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`there is no benchmark "${unknown}"; known: ${names.join(', ')}`);
  process.exit(2);
}
console.log(`node ${process.version}, load ${loadavg()[0]?.toFixed(2)} before the first`);
for (const name of asked.length > 0 ? asked : names) {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(folder, `${name}.bench.ts`)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
