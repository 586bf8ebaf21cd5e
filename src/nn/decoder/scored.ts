import { inputsOf } from '../export.js';
import { buildModel } from '../graph/build.js';
import { Graph } from '../graph/graph.js';
import { tokenLogps } from '../lm-losses.js';
import type { Net } from '../net.js';
import { writeModel } from '../onnx/write.js';
import type { Params } from '../params.js';
import { weightSyms } from './weights.js';

/**
 * A decoder that judges, as an ONNX file: `ids` and `targets` [batch, seq], int32 with sizes open, -> `logps`
 * [batch, seq], the log probability of each target after the ids up to its place.
 * @param stored the weights; null makes each an input under its own name
 */
export function scoringDecoder(net: Net<'ids', 'logits'>, stored: Params | null): Uint8Array {
  const graph = new Graph();
  const weights = weightSyms(graph, net.params, stored);
  const { ids, targets } = inputsOf(graph, { ids: net.inputs.ids, targets: net.inputs.ids });
  graph.output('logps', tokenLogps(net.forward(weights, { ids }).logits, targets));
  return writeModel(buildModel(graph, 'scoring decoder'));
}
