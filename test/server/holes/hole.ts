import type { Served } from '../../../bench/served.js';
import type { Json } from '../../../src/core/json.js';

/** How a server is started for an attack, where that is not as usual. */
export type Setting = 'slow storage' | 'failing storage';

/** Something that boardgame.io's own server lets anybody do, tried in the same way on both servers. */
export interface Hole {
  readonly hole: string;
  readonly says: string;
  readonly stock: Json;
  readonly ours: Json;
  /** What is done to the stock server outlives the attack, so it is tried on a server of its own. */
  readonly harms?: true;
  readonly setting?: Setting;
  /** Gives what is to be seen afterwards, sooner or later. */
  attack(target: Served): Promise<() => Json | Promise<Json>>;
}
