import { randomUUID } from 'node:crypto';
import type { ActRequest, Agent, AgentFactory, AgentManifest, Decision, Place } from '../../src/core/agent.js';
import { Post } from '../../src/llm/http/post.js';
import { ModelError } from '../../src/llm/model.js';
import type { Remote } from './argument.js';
import { type Ask, broken, LARGEST, late, observationOf, PROTOCOL, readAnswer } from './wire.js';

/** NOTE: a question may be sent again where nobody has answered it: after a refused or lost connection, or 429 and 5xx. */
const PATIENCE = { attempts: 3, firstMs: 100, mostMs: 1000 };

/** Seats an agent that answers questions over HTTP: each is one POST, and nothing else is told. */
export function overHttp({ url, timeoutMs }: Remote, key: string | null, manifest: AgentManifest): AgentFactory {
  const post = new Post({ timeoutMs, maxBytes: LARGEST, patience: PATIENCE });
  const headers = {
    'content-type': 'application/json',
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
  const clean = (text: string) => (key === null ? text : text.replaceAll(key, '[key]'));
  const ask = async (question: Ask, signal: AbortSignal | null): Promise<Decision> => {
    try {
      const body = Buffer.from(JSON.stringify(question));
      const { text } = await post.send({ url, headers, body }, signal);
      return readAnswer(clean(text)).decision;
    } catch (thrown) {
      if (!(thrown instanceof ModelError)) throw thrown;
      return thrown.kind === 'timeout' ? late(timeoutMs) : broken(clean(thrown.message));
    }
  };
  return (place) => new HttpAgent(place, manifest, ask);
}

class HttpAgent implements Agent {
  readonly manifest: AgentManifest;
  readonly #place: Place;
  readonly #ask: (question: Ask, signal: AbortSignal | null) => Promise<Decision>;
  /** NOTE: of no consequence for the game, so no random number of the seat's own is used up. */
  readonly #episode = randomUUID();
  #asked = 0;

  constructor(
    place: Place,
    manifest: AgentManifest,
    ask: (question: Ask, signal: AbortSignal | null) => Promise<Decision>,
  ) {
    this.#place = place;
    this.manifest = manifest;
    this.#ask = ask;
  }

  act(request: ActRequest): Promise<Decision> {
    this.#asked++;
    const observation = observationOf(request, this.#place);
    const question: Ask = { type: 'ask', ludus: PROTOCOL, episode: this.#episode, id: this.#asked, observation };
    return this.#ask(question, request.signal);
  }
}
