import type { JsonObject } from '../core/json.js';
import { type DecoderConfig, type DecoderOptions, decoderWeights, readDecoderConfig } from './decoder/config.js';
import { causal, type Frame, frameOf, openCausal, openPlaces } from './decoder/frame.js';
import { logitsOf, runLayers } from './decoder/transformer.js';
import type { Sym } from './graph/graph.js';
import { add, gather, reshape, split } from './graph/ops.js';
import { type Net, type NetKind, type Syms, weightOf } from './net.js';

/** A decoder, and its sizes by name. */
export interface DecoderLm extends Net<'ids', 'logits'> {
  readonly config: DecoderConfig;
}

/** Reads a `decoderLm` back. */
export const DECODER_LM: Omit<NetKind<'ids', 'logits'>, 'open'> & { open(config: JsonObject): DecoderLm } = {
  kind: 'decoder-lm',
  open: (given) => {
    const config = readDecoderConfig(given);
    return {
      kind: DECODER_LM.kind,
      config,
      params: decoderWeights(config),
      inputs: { ids: { dims: ['batch', 'seq'], dtype: 'int32' } },
      forward: (weights, { ids }) => ({ logits: forward(config, weights, ids) }),
    };
  },
};

/**
 * A decoder transformer in GPT-2's form: learned places, normalisation before each layer, one embedding for reading and
 * scoring. ids [batch, seq] (int32, each row from its first token on) -> logits [batch, seq, vocab], each place's
 * scores of the token after it. A place sees nothing after itself, so what fills the end of a short row changes nothing
 * before it.
 * SEE: A. Radford et al., "Language Models are Unsupervised Multitask Learners", 2019.
 * @throws UserError naming the size that is wrong
 */
export function decoderLm(config: DecoderOptions): DecoderLm {
  return DECODER_LM.open(config as JsonObject);
}

function forward(config: DecoderConfig, weights: Syms, ids: Sym): Sym {
  const frame = frameOf(ids);
  const [, seq] = frame.dims;
  const hidden = typeof seq === 'number' ? causal(ids.graph, seq) : openCausal(ids);
  const embedded = add(gather(weightOf(weights, 'wte.weight'), ids), placesOf(config, weights, frame, ids));
  const layers = { config, weights, frame, hidden, past: [], total: seq };
  const { x } = runLayers(layers, embedded);
  const rows = frame.size === null ? 'tokens' : frame.size.batch * frame.size.seq;
  return frame.reshape(logitsOf(layers, reshape(x, [rows, config.width])), [config.vocab]);
}

/** What each place adds to its token: [seq, width]. */
function placesOf({ context }: DecoderConfig, weights: Syms, { size }: Frame, ids: Sym): Sym {
  const places = weightOf(weights, 'wpe.weight');
  if (size === null) return gather(places, openPlaces(ids));
  return size.seq === context ? places : (split(places, 0, [size.seq, context - size.seq])[0] as Sym);
}
