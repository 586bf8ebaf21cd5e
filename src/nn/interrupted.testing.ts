import type { TrainingData } from './training-work.testing.js';
import { startWork } from './worker.js';

/**
 * A process that trains in a thread and ends while a step is going, in the way its argument says: it asks the work to
 * `stop`, gets an `interrupt` at which it exits, or `throw`s what nobody catches.
 */
const WAYS: { readonly [way: string]: () => void } = {
  stop: () => void work.stop().then(() => process.stdout.write('stopped')),
  interrupt: () => process.kill(process.pid, 'SIGINT'),
  throw: () => {
    throw new Error('thrown in the middle');
  },
};

process.on('SIGINT', () => process.exit(0));
const module = new URL('./training-work.testing.ts', import.meta.url);
const work = startWork<TrainingData, number>(module, { steps: null }, (step) => {
  // NOTE: at once would be too early: a moment later the next step, of tens of milliseconds, is going.
  if (step === 3) setTimeout(() => WAYS[process.argv[2] ?? '']?.(), 5);
});
