import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run test:postgres`: matches in a real PostgreSQL, which the tests start themselves. `npm test` leaves it out. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/postgres/*.postgres.ts'],
    globalSetup: 'test/postgres/setup.ts',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
