import type { ModelCall } from '../../src/core/agent.js';
import { isObject, type JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { type DecoderLm, decoderLm } from '../../src/nn/decoder.js';
import type { LanguageModel } from '../../src/nn/hugging-face.js';
import { sftLoss } from '../../src/nn/lm-losses.js';
import { initParams, type Params } from '../../src/nn/params.js';
import { type ChatMessage, chatIds, chatTurns } from '../../src/nn/tokenizer/chat.js';
import type { Tokenizer } from '../../src/nn/tokenizer/tokenizer.js';
import { trainTokenizer } from '../../src/nn/tokenizer/train.js';
import { trainer } from '../../src/nn/train.js';

/** The conversation that a seat's last call of a game makes, its reply included, and the tools it was shown. */
export function conversationOf(call: ModelCall): {
  readonly messages: readonly ChatMessage[];
  readonly tools: JsonObject[];
} {
  const { tools } = call.parameters as { readonly tools?: readonly JsonObject[] };
  const messages = [...call.messages, call.reply as unknown as ChatMessage];
  return { messages, tools: (tools ?? []).filter(isObject).map((tool) => ({ type: 'function', function: tool })) };
}

/** A tiny decoder that was taught one conversation by heart. */
export async function taught(conversation: ReturnType<typeof conversationOf>, steps: number): Promise<LanguageModel> {
  const turns = chatTurns(conversation.messages, conversation.tools);
  const tokenizer = trainTokenizer(
    turns.map(({ content }) => content),
    { vocab: 512 },
  );
  const { ids, trained } = chatIds(tokenizer, turns);
  const net = decoderLm({ vocab: tokenizer.size, context: ids.length + 64, layers: 1, width: 32, heads: 2 });
  const params = initParams(net.params, stream(1, 'taught'));
  await train(net, params, ids, trained, steps);
  return { net, params, tokenizer };
}

async function train(
  net: DecoderLm,
  params: Params,
  ids: readonly number[],
  trained: readonly boolean[],
  steps: number,
): Promise<void> {
  const seq = ids.length - 1;
  const teaching = await trainer({ net, params, ...sftLoss(), sizes: { batch: 1, seq }, adam: { lr: 0.01 } });
  const batch = {
    ids: Int32Array.from(ids.slice(0, -1)),
    targets: Int32Array.from(ids.slice(1)),
    mask: Float32Array.from(trained.slice(1), Number),
  };
  for (let step = 0; step < steps; step++) await teaching.step(batch);
  await teaching.close();
}

/** A tiny decoder that was taught nothing, for the words of a corpus. */
export function untaught(corpus: readonly string[], context: number, seed = 1): LanguageModel {
  const tokenizer: Tokenizer = trainTokenizer(corpus, { vocab: 512 });
  const net = decoderLm({ vocab: tokenizer.size, context, layers: 1, width: 16, heads: 2 });
  return { net, params: initParams(net.params, stream(seed, 'untaught')), tokenizer };
}
