import type { Decision } from '../../core/agent.js';
import type { Event, Seat } from '../../core/environment.js';
import type { JsonObject } from '../../core/json.js';
import type { RngState } from '../../core/rng.js';
import type { Told } from './told.js';

/** Where an agent sits down in a thread. */
export interface Sitting {
  /** The agent's spec, as the catalogue takes it. */
  readonly agent: string;
  readonly environment: string;
  readonly config: JsonObject;
  readonly seat: Seat;
}

/** To a thread of seats. Each seat has a number there. */
export type ToThread =
  | { readonly kind: 'sit'; readonly id: number; readonly sitting: Sitting; readonly rng: RngState }
  | { readonly kind: 'act'; readonly id: number; readonly ask: number; readonly told: Told; readonly rng: RngState }
  | { readonly kind: 'news'; readonly id: number; readonly event: Event }
  | { readonly kind: 'abort'; readonly ask: number }
  | { readonly kind: 'rise'; readonly id: number }
  | { readonly kind: 'end' };

/** From a thread: what came of an ask, and where the seat's random stream stands since. */
export type FromThread = { readonly ask: number; readonly rng: RngState } & (
  | { readonly decision: Decision }
  | { readonly thrown: string }
);
