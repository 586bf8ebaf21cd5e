import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { ActRequest, Agent, AgentFactory, AgentManifest, Decision, Place } from '../../src/core/agent.js';
import type { Result } from '../../src/core/ending.js';
import type { Event } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import type { Remote } from './argument.js';
import { type Ask, broken, LARGEST, late, observationOf, PROTOCOL, readAnswer } from './wire.js';

/** Attempts to connect, one after the other, before an answer is given up. */
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 100;
/** How long the other side has to close its end when an episode is over. */
const FAREWELL_MS = 1000;

/** Seats an agent that is told of an episode, and asked, over a WebSocket of its own. */
export function overSocket(remote: Remote, key: string | null, manifest: AgentManifest): AgentFactory {
  return (place) => new SocketAgent(place, manifest, remote, key);
}

/** A question that waits for its answer. */
interface Waiting {
  readonly question: Ask;
  answered(decision: Decision): void;
}

/**
 * Connects when it is first asked. A connection that is lost is made again within the time of the turn, and the question
 * is sent again; whatever else goes wrong is a failed answer.
 */
class SocketAgent implements Agent {
  readonly manifest: AgentManifest;
  readonly #place: Place;
  readonly #remote: Remote;
  readonly #key: string | null;
  readonly #episode = randomUUID();
  #socket: WebSocket | null = null;
  #waiting: Waiting | null = null;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #asked = 0;
  #isStarted = false;

  constructor(place: Place, manifest: AgentManifest, remote: Remote, key: string | null) {
    this.#place = place;
    this.manifest = manifest;
    this.#remote = remote;
    this.#key = key;
  }

  act(request: ActRequest): Promise<Decision> {
    const { timeoutMs } = this.#remote;
    this.#asked++;
    this.#failures = 0;
    const observation = observationOf(request, this.#place);
    const question: Ask = { type: 'ask', ludus: PROTOCOL, episode: this.#episode, id: this.#asked, observation };
    return new Promise((resolve) => {
      const timer = setTimeout(() => answered(late(timeoutMs)), timeoutMs);
      const stopped = () => answered(late(request.budgetMs ?? timeoutMs));
      const answered = (decision: Decision) => {
        clearTimeout(timer);
        clearTimeout(this.#retry);
        request.signal?.removeEventListener('abort', stopped);
        this.#waiting = null;
        resolve(decision);
      };
      request.signal?.addEventListener('abort', stopped, { once: true });
      this.#waiting = { question, answered };
      if (this.#socket === null) this.#connect();
      else if (this.#socket.readyState === WebSocket.OPEN) this.#say(question);
    });
  }

  /** NOTE: what is told while there is no connection is missed; each question tells all. */
  news(event: Event): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#say({ type: 'news', event: event as Json });
  }

  async close(result: Result | null): Promise<void> {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    if (socket === null) return;
    if (socket.readyState === WebSocket.OPEN) this.#say({ type: 'end', result: this.#resultOf(result) });
    const timer = setTimeout(() => socket.terminate(), FAREWELL_MS);
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.close(1000);
    });
    clearTimeout(timer);
  }

  #resultOf(result: Result | null): Json {
    if (result === null) return null;
    const { how, outcome, returns } = result;
    return { how, outcome, return: returns?.[this.#place.seat] ?? null };
  }

  #connect(): void {
    const { url, timeoutMs } = this.#remote;
    const headers = this.#key === null ? {} : { authorization: `Bearer ${this.#key}` };
    const options = { headers, maxPayload: LARGEST, handshakeTimeout: timeoutMs, perMessageDeflate: false };
    const socket = new WebSocket(url, options);
    this.#socket = socket;
    let reason = 'the connection was closed';
    socket.on('open', () => this.#opened());
    socket.on('message', (data) => this.#heard(String(data)));
    socket.on('error', (error) => {
      reason = this.#clean(error.message);
    });
    socket.on('close', () => this.#lost(reason));
  }

  #opened(): void {
    const { environment, seat, config } = this.#place;
    const { id, version } = environment.spec;
    const { seats } = environment.spec.facts(config);
    const isAgain = this.#isStarted;
    this.#isStarted = true;
    this.#say({
      type: 'start',
      ludus: PROTOCOL,
      episode: this.#episode,
      environment: id,
      version,
      seat,
      seats,
      isAgain,
    });
    if (this.#waiting !== null) this.#say(this.#waiting.question);
  }

  #lost(reason: string): void {
    this.#socket = null;
    if (this.#waiting === null) return;
    this.#failures++;
    if (this.#failures >= ATTEMPTS)
      this.#waiting.answered(broken(`the connection to ${this.#remote.url.host} failed: ${reason}`));
    else this.#retry = setTimeout(() => this.#connect(), FIRST_WAIT_MS * 2 ** (this.#failures - 1));
  }

  /** NOTE: an answer to a question that is over is late, and was counted as such. */
  #heard(text: string): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    const { id, decision } = readAnswer(this.#clean(text));
    const { id: asked } = waiting.question;
    if (id !== null && id < asked) return;
    const other = `the answer names question ${id}; question ${asked} is asked`;
    waiting.answered(id === asked || id === null ? decision : { failed: { failure: 'unparsable', reason: other } });
  }

  /** NOTE: what the other side repeats of its key goes into no record. */
  #clean(text: string): string {
    return this.#key === null ? text : text.replaceAll(this.#key, '[key]');
  }

  #say(message: object): void {
    this.#socket?.send(JSON.stringify(message), () => undefined);
  }
}
