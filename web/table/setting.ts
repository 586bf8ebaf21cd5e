import type { Configured, EnvironmentCard, Match } from '../../src/server/lobby/wire.js';
import type { FaceModule } from '../face.js';
import type { Seated } from '../seated.js';

/** All that a table shows besides what its wire brings. */
export interface Setting {
  readonly match: Match;
  readonly card: EnvironmentCard;
  readonly configured: Configured;
  readonly face: FaceModule | null;
  readonly seated: Seated | null;
  /** The match may stand otherwise by now: asks again. */
  readonly again: () => void;
  readonly sit: (seated: Seated | null) => void;
}
