import type { Solving } from '../solver.js';
import type { Scheme } from '../tabular/kernel/scheme.js';
import type { GameTree } from '../tree/game-tree.js';
import { publicTree } from './grow.js';
import { PublicSolving } from './solving.js';
import { VectorCfr } from './vector-cfr.js';
import type { Precision } from './wasm/lanes.js';
import { WasmCfr } from './wasm-cfr.js';

/**
 * A scheme of the CFR family with vectors over hands.
 * @throws UserError when the tree has no public form: see `publicTree`
 */
export function withVectors(tree: GameTree, scheme: Scheme): Solving {
  const grown = publicTree(tree);
  return new PublicSolving(grown, scheme, new VectorCfr(grown, scheme));
}

/**
 * The same as a generated WebAssembly program.
 * @param precision `f64` gives the answers of the other roads; `f32` is up to twice as fast, and good for NashConv down
 *   to about 1e-5 and some 10,000 iterations: later averages lose digits, and Leduc is back at 3e-4 after a million
 * @throws UserError when the tree has no public form, or the program would grow too long
 */
export function inWasm(tree: GameTree, scheme: Scheme, precision: Precision = 'f64'): Solving {
  const grown = publicTree(tree, 'keep');
  return new PublicSolving(grown, scheme, new WasmCfr(grown, scheme, precision));
}
