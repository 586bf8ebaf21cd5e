import type { Sym } from '../graph/graph.js';
import { add, affine, concat, gemm, layerNorm, matmul, mul, reshape, softmax, split, transpose } from '../graph/ops.js';
import { ACTIVATIONS } from '../layers.js';
import { type Syms, weightOf } from '../net.js';
import type { Dim } from '../onnx/model.js';
import type { DecoderConfig } from './config.js';
import type { Frame } from './frame.js';

/** Keys and values of one layer for every token so far: [batch, heads, tokens, width / heads]. */
export interface LayerCache {
  readonly key: Sym;
  readonly value: Sym;
}

/** What the layers are run on. */
export interface Layers {
  readonly config: DecoderConfig;
  readonly weights: Syms;
  readonly frame: Frame;
  /** Added to the scores to hide what a token must not see; fits [batch, heads, seq, total]. */
  readonly hidden: Sym;
  /** Of the tokens before, one a layer; none where the sequence begins here. */
  readonly past: readonly LayerCache[];
  /** What the number of tokens, past and new, is called. */
  readonly total: Dim;
}

/**
 * The layers of a decoder, in GPT-2's form: each adds attention, then two dense layers, to what it normalised first.
 * SEE: A. Vaswani et al., "Attention Is All You Need", 2017, equation 1; A. Radford et al., 2019, section 2.3.
 * @param x embedded tokens [batch, seq, width]
 */
export function runLayers(layers: Layers, x: Sym): { x: Sym; present: LayerCache[] } {
  const present: LayerCache[] = [];
  let stream = x;
  for (let layer = 0; layer < layers.config.layers; layer++) {
    const { seen, cache } = attention(layers, layer, norm(layers, `h.${layer}.ln_1`, stream));
    present.push(cache);
    stream = add(stream, seen);
    const wide = dense(layers, `h.${layer}.mlp.c_fc`, norm(layers, `h.${layer}.ln_2`, stream));
    stream = add(stream, dense(layers, `h.${layer}.mlp.c_proj`, ACTIVATIONS[layers.config.act](wide)));
  }
  return { x: stream, present };
}

/** Scores of every token as the next one: [rows, vocab], of streams [rows, width]. The embedding scores, too. */
export function logitsOf(layers: Layers, x: Sym): Sym {
  return gemm(norm(layers, 'ln_f', x), weightOf(layers.weights, 'wte.weight'), { b: true });
}

/** What each token gathers from those it sees, [batch, seq, width], and the keys and values it found them by. */
function attention(layers: Layers, layer: number, x: Sym): { seen: Sym; cache: LayerCache } {
  const { config, frame, hidden, past, total } = layers;
  const { width, heads } = config;
  const parts = split(dense(layers, `h.${layer}.attn.c_attn`, x), 2, [width, width, width]);
  const [query, key, value] = parts.map((part) =>
    transpose(frame.reshape(part, [heads, width / heads]), [0, 2, 1, 3]),
  ) as [Sym, Sym, Sym];
  const cache = join(past[layer], { key, value }, total);
  // NOTE: queries are scaled rather than scores, which are more.
  const scaled = mul(query, 1 / Math.sqrt(width / heads));
  const shares = softmax(add(matmul(scaled, transpose(cache.key, [0, 1, 3, 2])), hidden));
  const gathered = frame.reshape(transpose(matmul(shares, cache.value), [0, 2, 1, 3]), [width]);
  return { seen: dense(layers, `h.${layer}.attn.c_proj`, gathered), cache };
}

function join(past: LayerCache | undefined, now: LayerCache, total: Dim): LayerCache {
  if (past === undefined) return now;
  return { key: concat([past.key, now.key], 2, total), value: concat([past.value, now.value], 2, total) };
}

/** x w + bias for every token. */
function dense({ weights, frame: { size } }: Layers, name: string, x: Sym): Sym {
  const [w, bias] = [weightOf(weights, `${name}.weight`), weightOf(weights, `${name}.bias`)];
  // NOTE: only known sizes can be flattened into rows and back without asking for shapes; gradients need them known.
  if (size === null) return add(matmul(x, w), bias);
  const rows = reshape(x, [size.batch * size.seq, x.dims[2] as Dim]);
  return reshape(affine(rows, w, bias), [size.batch, size.seq, w.dims[1] as Dim]);
}

function norm({ weights }: Layers, name: string, x: Sym): Sym {
  return layerNorm(x, weightOf(weights, `${name}.weight`), weightOf(weights, `${name}.bias`));
}
