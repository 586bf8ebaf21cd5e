/**
 * Loaded before a program (`--import`), this writes down what the process took, as JSON into the file that
 * LUDUS_BENCH_MEMORY names: megabytes resident, ten times a second, and seconds of processor time.
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
    const { user, system } = process.cpuUsage();
    writeFileSync(process.env.LUDUS_BENCH_MEMORY, JSON.stringify({ held, processor: (user + system) / 1e6 }));
  });
}
