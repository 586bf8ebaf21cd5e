import type { JsonObject } from '../src/core/json.js';

/** A policy as a folder holds it: `policy.json` (the manifest) and the files it names, each by its bytes. */
export interface SavedPolicy {
  readonly manifest: PolicyManifest;
  readonly files: { readonly [name: string]: Uint8Array };
}

/** What `policy.json` says. */
export interface PolicyManifest {
  readonly format: 1;
  /** `table`: probabilities by information state; `network`: one exported network; `mixture`: several, drawn anew each episode. */
  readonly kind: 'table' | 'network' | 'mixture';
  /** The game it was made for. Another version or configuration is refused. */
  readonly environment: { readonly id: string; readonly version: string; readonly config: JsonObject };
  readonly algorithm: {
    readonly id: string;
    readonly options: JsonObject;
    readonly seed: string;
    readonly iterations: number;
  };
  /** Figures at the time of saving: exploitability, win rates. */
  readonly metrics: JsonObject;
  /** File name, and the fingerprint of its bytes. */
  readonly files: { readonly [name: string]: string };
  /** What the kind needs besides: the seats a network plays, the weights of a mixture. */
  readonly details: JsonObject;
}
