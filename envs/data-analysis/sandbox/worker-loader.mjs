// Loads the worker's TypeScript while developing; the built package starts its workers directly.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();

await import(workerData.module);
