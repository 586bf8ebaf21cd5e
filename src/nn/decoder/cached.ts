import { buildModel } from '../graph/build.js';
import { Graph } from '../graph/graph.js';
import { add, gather, reshape } from '../graph/ops.js';
import { weightOf } from '../net.js';
import { writeModel } from '../onnx/write.js';
import type { Params } from '../params.js';
import { type DecoderConfig, decoderWeights } from './config.js';
import { frameOf, openCausalOver } from './frame.js';
import { type LayerCache, logitsOf, runLayers } from './transformer.js';
import { weightSyms } from './weights.js';

/** How the cached form is made. */
export interface CachedForm {
  /** The weights to store in the file; null makes each an input under its own name, so that training shows at once. */
  readonly weights: Params | null;
  /** Logits of the last token alone, [batch, vocab], instead of [batch, seq, vocab]. */
  readonly lastOnly: boolean;
  readonly metadata?: { readonly [key: string]: string };
}

/**
 * A decoder that remembers keys and values, as an ONNX file. Inputs, with sizes open: `input_ids` and `position_ids`
 * [batch, seq], `attention_mask` [batch, total] (1 for a token, 0 for an empty place, past ones first), all int64, and
 * for each layer N `past_key_values.N.key` and `.value` [batch, heads, past, width / heads]. Outputs: `logits`, and
 * `present.N.key` and `.value` [batch, heads, total, width / heads], to feed back as the past.
 * Names are those that Hugging Face's exporter gives, so its readers take the file.
 */
export function cachedDecoder(config: DecoderConfig, { weights, lastOnly, metadata }: CachedForm): Uint8Array {
  const graph = new Graph();
  const w = weightSyms(graph, decoderWeights(config), weights);
  const ids = graph.input('input_ids', ['batch', 'seq'], 'int64');
  const attention = graph.input('attention_mask', ['batch', 'total'], 'int64');
  const places = graph.input('position_ids', ['batch', 'seq'], 'int64');
  const frame = frameOf(ids);
  const embedded = add(gather(weightOf(w, 'wte.weight'), ids), gather(weightOf(w, 'wpe.weight'), places));
  const past = Array.from({ length: config.layers }, (_, layer) => pastOf(graph, config, layer));
  const layers = { config, weights: w, frame, hidden: openCausalOver(ids, attention), past, total: 'total' };
  const { x, present } = runLayers(layers, embedded);
  if (lastOnly) graph.output('logits', logitsOf(layers, gather(x, graph.constant(-1, 'int64'), 1)));
  else graph.output('logits', frame.reshape(logitsOf(layers, reshape(x, ['tokens', config.width])), [config.vocab]));
  present.forEach(({ key, value }, layer) => {
    graph.output(`present.${layer}.key`, key);
    graph.output(`present.${layer}.value`, value);
  });
  return writeModel(buildModel(graph, 'decoder', metadata));
}

function pastOf(graph: Graph, { width, heads }: DecoderConfig, layer: number): LayerCache {
  const dims = ['batch', heads, 'past', width / heads];
  return {
    key: graph.input(`past_key_values.${layer}.key`, dims),
    value: graph.input(`past_key_values.${layer}.value`, dims),
  };
}
