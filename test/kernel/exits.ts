/** Run as a process of its own: episodes with long limits, of which none may keep the process alive once over. */
import { playEpisode, runEpisode } from '../../src/core/play.js';
import { agent, asks, calls, silent, table, toy, yes } from './toys.js';

const limits = { turnMs: 600_000, totalMs: 600_000, callMs: 600_000 };
const later = agent(async () => ({ move: 'yes' }));
const wrong = agent(async () => ({ move: 'perhaps' }));
const scenes = [asks([0]), calls(['q'])];

console.log((await runEpisode(table(toy(scenes), [later, yes], { limits }))).how);
console.log((await runEpisode(table(toy(scenes), [wrong, yes], { limits }))).how);

const controller = new AbortController();
const cancelled = runEpisode(table(toy(scenes), [silent, yes], { limits, signal: controller.signal }));
setImmediate(() => controller.abort());
console.log((await cancelled).how);

for await (const progress of playEpisode(table(toy(scenes), [later, yes], { limits }))) {
  if (progress.kind === 'step') break;
}
console.log('left');

// NOTE: nothing but the limit itself keeps the process here, so it must.
console.log((await runEpisode(table(toy(scenes), [silent, yes], { limits: { totalMs: 20 } }))).how);
