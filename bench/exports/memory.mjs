/**
 * Loaded before a program (`--import`), this writes down how much memory the process held all along: megabytes resident,
 * ten times a second, as a JSON list into the file that LUDUS_BENCH_MEMORY names.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const held = [];
const look = () => held.push(process.memoryUsage.rss() / 1e6);

// NOTE: threads of a program load this too, before they can read TypeScript; one thread sees the whole process.
if (isMainThread) {
  setInterval(look, 100).unref();
  process.on('exit', () => {
    look();
    writeFileSync(process.env.LUDUS_BENCH_MEMORY, JSON.stringify(held));
  });
}
