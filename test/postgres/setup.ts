import type { TestProject } from 'vitest/node';
import { aptInstall } from '../apt.js';
import { Cluster, programsAtHand } from './cluster.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a PostgreSQL, its user's password included; null where there is none. */
    postgres: string | null;
  }
}

/** Once before all tests: a PostgreSQL of their own where one can be had. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const trouble = programsAtHand() === null ? install() : null;
  const programs = programsAtHand();
  if (programs === null) {
    console.log(
      `not run: postgresql (${trouble}). Install PostgreSQL, or name its programs: LUDUS_POSTGRES=/path/to/bin`,
    );
    project.provide('postgres', null);
    return undefined;
  }
  const cluster = await Cluster.start(programs);
  project.provide('postgres', cluster.url);
  return () => cluster.stop();
}

/** Gives the reason where that cannot be done. */
function install(): string | null {
  const { LUDUS_POSTGRES: named } = process.env;
  return named === undefined ? aptInstall('postgresql') : `it is not in ${named}`;
}
