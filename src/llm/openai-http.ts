import { parseBody, readChat } from './chat/reply.js';
import { chatBody, type Dialect } from './chat/wire.js';
import type { Letter } from './http/exchange.js';
import type { Post } from './http/post.js';
import type { Model, ModelRequest } from './model.js';

export interface ChatServer {
  /** As named by the user. */
  readonly id: string;
  /** Name of the model at the server. */
  readonly model: string;
  /** Everything before `/chat/completions`: `http://localhost:8000/v1`. */
  readonly url: string;
  readonly key: string | null;
  readonly dialect?: Partial<Dialect>;
  readonly post: Post;
}

/**
 * The thin road: a model behind `POST /chat/completions`, as vLLM, Ollama, llama.cpp, OpenAI and many others serve it.
 * Token ids and log probabilities are kept where the server gives them.
 */
export function chatModel({ id, model, url, key, dialect, post }: ChatServer): Model {
  const target = new URL(`${url.replace(/\/+$/, '')}/chat/completions`);
  const spoken: Dialect = { maxTokens: 'max_tokens', ...dialect };
  const headers = {
    'content-type': 'application/json',
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
  // NOTE: a function of its own, or else the text of the request would be kept until its reply is there.
  const letterOf = (request: ModelRequest): Letter => {
    return { url: target, headers, body: Buffer.from(chatBody(model, request, spoken)) };
  };
  return {
    id,
    async call(request, signal) {
      const { text } = await post.send(letterOf(request), signal);
      return readChat(parseBody(text), model);
    },
  };
}
