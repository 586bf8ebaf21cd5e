import type { JsonObject } from '../core/json.js';
import type { Sym } from './graph/graph.js';
import type { Dim, DType } from './onnx/model.js';
import type { ParamSpecs } from './params.js';

/** An array that goes in: its dims, of which those given by name are chosen later, and its type (float32 if not said). */
export interface Spec {
  readonly dims: readonly Dim[];
  readonly dtype?: DType;
}
export type Specs<K extends string = string> = { readonly [name in K]: Spec };
export type Syms<K extends string = string> = { readonly [name in K]: Sym };

/** A network as a description: what goes in and comes out, which weights it has, and how they are used. */
export interface Net<I extends string = string, O extends string = string> {
  /** The name under which files say what they hold, with the config to make the same net from. */
  readonly kind: string;
  readonly config: JsonObject;
  readonly params: ParamSpecs;
  readonly inputs: Specs<I>;
  /** Adds the computation to the graph of its arguments. */
  forward(weights: Syms, inputs: Syms<I>): Syms<O>;
}

/** How nets of one kind are made again from the config that a file carries. */
export interface NetKind<I extends string = string, O extends string = string> {
  readonly kind: string;
  /** @throws UserError when the config is none of this kind */
  open(config: JsonObject): Net<I, O>;
}

/** The weight of that name. @throws Error when the net declares none, which is a fault of the net */
export function weightOf(weights: Syms, name: string): Sym {
  const weight = weights[name];
  if (weight === undefined) throw new Error(`the net uses a weight "${name}" that it does not declare`);
  return weight;
}
