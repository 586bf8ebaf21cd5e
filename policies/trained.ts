import type { JsonObject } from '../src/core/json.js';
import type { PolicyManifest, SavedPolicy } from './saved.js';
import type { Game } from './solver.js';

/** What a learner knows of the policy it hands over. */
export interface Trained {
  readonly kind: PolicyManifest['kind'];
  /** The learner's id. */
  readonly learner: string;
  readonly options: JsonObject;
  readonly iterations: number;
  readonly metrics?: JsonObject;
  readonly details: JsonObject;
  readonly files: SavedPolicy['files'];
}

/** A trained policy to save. NOTE: whoever started the training knows its seed and writes it in. */
export function trainedPolicy({ environment, config }: Game, trained: Trained): SavedPolicy {
  const { kind, learner: id, options, iterations, metrics = {}, details, files } = trained;
  const { id: game, version } = environment.spec;
  const manifest = {
    format: 1,
    kind,
    environment: { id: game, version, config },
    algorithm: { id, options, seed: '', iterations },
    metrics,
    files: {},
    details,
  } as const;
  return { manifest, files };
}
