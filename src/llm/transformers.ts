import { messageOf, UserError } from '../core/errors.js';
import { absent } from './absent.js';
import { type Model, ModelError, type ModelReply, type ModelRequest } from './model.js';

const PACKAGE = '@huggingface/transformers';

/** The part of transformers.js that is used; the package is an optional peer and brings its own types. */
export interface Transformers {
  pipeline(task: 'text-generation', model: string): Promise<Generate>;
}

type Generate = (
  messages: readonly object[],
  options: { readonly [option: string]: unknown },
) => Promise<readonly { readonly generated_text: readonly { readonly content: string }[] }[]>;

/**
 * A model that transformers.js runs in this process, from a hub or from a folder in its form.
 * @param load imports the package
 * @throws UserError when the package is not installed, or the model cannot be loaded
 */
export async function transformersModel(
  id: string,
  model: string,
  load: () => Promise<Transformers> = imported(id),
): Promise<Model> {
  const { pipeline } = await load();
  let generate: Generate;
  try {
    generate = await pipeline('text-generation', model);
  } catch (error) {
    throw new UserError(`"${id}" cannot be loaded: ${messageOf(error)}`);
  }
  return {
    id,
    async call(request, signal) {
      signal?.throwIfAborted();
      return replyOf(id, await generate(messagesOf(request), optionsOf(request)));
    },
  };
}

/** NOTE: the name is no literal, so that compiler and build do without the package. */
function imported(id: string): () => Promise<Transformers> {
  return async () => {
    const name: string = PACKAGE;
    try {
      return (await import(name)) as Transformers;
    } catch (error) {
      throw absent(error, PACKAGE, id);
    }
  };
}

function messagesOf({ messages, tools }: ModelRequest): readonly object[] {
  if (tools !== undefined && tools.length > 0) throw new ModelError('bad-request', 'this provider takes no tools');
  return messages;
}

function optionsOf({ parameters: { temperature, topK, topP, maxTokens = 256 } }: ModelRequest) {
  return {
    max_new_tokens: maxTokens,
    do_sample: temperature !== 0,
    ...(temperature ? { temperature } : {}),
    ...(topK === undefined ? {} : { top_k: topK }),
    ...(topP === undefined ? {} : { top_p: topP }),
  };
}

function replyOf(id: string, [output]: Awaited<ReturnType<Generate>>): ModelReply {
  const last = output?.generated_text.at(-1)?.content;
  if (last === undefined) throw new ModelError('bad-reply', `${PACKAGE} gave no message`);
  // NOTE: it tells neither why it ended nor how many tokens it took.
  return {
    text: last,
    reasoning: null,
    toolCalls: [],
    finish: 'other',
    model: id,
    usage: null,
    tokens: null,
    logprobs: null,
  };
}
