import type { FaceModule } from './face.js';

const modules = import.meta.glob<FaceModule>('../envs/*/view.tsx');

/** The face of an environment; null where it has none. */
export async function faceOf(environment: string): Promise<FaceModule | null> {
  const load = modules[`../envs/${environment}/view.tsx`];
  return load === undefined ? null : load();
}
