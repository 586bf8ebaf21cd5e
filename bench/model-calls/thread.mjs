import { isMainThread, Worker } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

// The episodes in a thread with the memory that the threads of rollouts and tournaments get. Arguments: those of episodes.ts.
register();
if (isMainThread) {
  const { THREAD_LIMITS } = await import('ludus');
  const argv = process.argv.slice(2);
  new Worker(new URL(import.meta.url), { argv, resourceLimits: THREAD_LIMITS }).on('exit', (code) =>
    process.exit(code),
  );
} else {
  await import('./episodes.ts');
}
