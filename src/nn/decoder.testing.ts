import { stream } from '../core/rng.js';
import type { DecoderConfig } from './decoder/config.js';
import type { Net } from './net.js';
import { initParams, normal, Params } from './params.js';

/** Weights far from their small beginnings, so that every part of the net shows in its results. */
export function lively(net: Net, seed = 1): Params {
  const rng = stream(seed, 'lively');
  const params = initParams(net.params, rng);
  return new Params(
    [...params].map(([name, { dims, data }]) => [name, { dims, data: data.map((x) => x + 0.3 * normal(rng)) }]),
  );
}

type Matrix = readonly (readonly number[])[];

/**
 * The decoder in plain float64 loops, one sequence at a time: what the graphs are checked against. Written from the
 * papers, token by token, sharing nothing with them.
 */
export function plainDecoder(config: DecoderConfig, params: Params, ids: readonly number[]): Matrix {
  const rows = (name: string): Matrix => {
    const { dims, data } = params.param(name);
    const width = dims.at(-1) as number;
    return Array.from({ length: data.length / width }, (_, i) => Array.from(data.slice(i * width, (i + 1) * width)));
  };
  const row = (name: string): readonly number[] => Array.from(params.get(name));
  const dense = (x: Matrix, name: string): Matrix =>
    product(x, rows(`${name}.weight`)).map((y) => plus(y, row(`${name}.bias`)));
  const norm = (x: Matrix, name: string): Matrix =>
    x.map((y) =>
      plus(
        normalised(y).map((z, i) => z * (row(`${name}.weight`)[i] as number)),
        row(`${name}.bias`),
      ),
    );
  const embedding = rows('wte.weight');
  let x: Matrix = ids.map((id, place) => plus(embedding[id] as number[], rows('wpe.weight')[place] as number[]));
  for (let layer = 0; layer < config.layers; layer++) {
    const h = `h.${layer}`;
    const seen = attention(config, dense(norm(x, `${h}.ln_1`), `${h}.attn.c_attn`));
    x = sumOf(x, dense(seen, `${h}.attn.c_proj`));
    const wide = dense(norm(x, `${h}.ln_2`), `${h}.mlp.c_fc`).map((y) => y.map(config.act === 'gelu' ? gelu : relu));
    x = sumOf(x, dense(wide, `${h}.mlp.c_proj`));
  }
  const last = norm(x, 'ln_f');
  return last.map((y) => embedding.map((e) => dot(y, e)));
}

function attention({ width, heads }: DecoderConfig, qkv: Matrix): Matrix {
  const size = width / heads;
  return qkv.map((now, t) =>
    Array.from({ length: heads }, (_, head) => {
      const part = (x: readonly number[], which: number) =>
        x.slice(which * width + head * size, which * width + (head + 1) * size);
      const before = qkv.slice(0, t + 1);
      const scores = before.map((then) => dot(part(now, 0), part(then, 1)) / Math.sqrt(size));
      const shares = scores.map(Math.exp);
      const total = shares.reduce((a, b) => a + b, 0);
      return part(now, 2).map((_, i) =>
        before.reduce((sum, then, s) => sum + ((shares[s] as number) / total) * (part(then, 2)[i] as number), 0),
      );
    }).flat(),
  );
}

function product(x: Matrix, w: Matrix): Matrix {
  return x.map((y) =>
    (w[0] as readonly number[]).map((_, j) => y.reduce((sum, value, i) => sum + value * (w[i]?.[j] as number), 0)),
  );
}

function normalised(x: readonly number[]): number[] {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
  return x.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}

function plus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, i) => value + (b[i] as number));
}

function sumOf(a: Matrix, b: Matrix): Matrix {
  return a.map((x, i) => plus(x, b[i] as number[]));
}

function gelu(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

function relu(x: number): number {
  return Math.max(0, x);
}

/** The log probability of each token after the first, from plain logits. */
export function plainLogps(config: DecoderConfig, params: Params, sequence: readonly number[]): number[] {
  const logits = plainDecoder(config, params, sequence.slice(0, -1));
  return sequence.slice(1).map((token, t) => logSoftmax(logits[t] as number[])[token] as number);
}

export function logSoftmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const total = most + Math.log(logits.reduce((sum, x) => sum + Math.exp(x - most), 0));
  return logits.map((x) => x - total);
}
