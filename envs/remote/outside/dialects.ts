import { aviary } from './aviary.js';
import type { Dialect } from './dialect.js';
import { openenv } from './openenv.js';

/** The protocols that environments elsewhere may speak, by name. */
export const dialects: { readonly [protocol: string]: Dialect } = { aviary, openenv };
