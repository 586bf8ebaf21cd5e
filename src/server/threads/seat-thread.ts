import { parentPort } from 'node:worker_threads';
import type { ActRequest, Agent, Place } from '../../core/agent.js';
import { howToAnswer } from '../../core/answers.js';
import { Catalogue } from '../../core/catalogue.js';
import { messageOf } from '../../core/errors.js';
import { openingOf, sayAll } from '../../core/observation.js';
import { Rng, type RngState } from '../../core/rng.js';
import type { FromThread, Sitting, ToThread } from './thread-messages.js';
import { requestFrom, type Told } from './told.js';

/** A seat of a table elsewhere, with its agent here. */
interface Seated {
  readonly place: Place;
  readonly agent: Agent;
}

const catalogue = new Catalogue();
const seats = new Map<number, Promise<Seated>>();
const asks = new Map<number, AbortController>();
const port = parentPort;

port?.on('message', (message: ToThread) => take(message));

function take(message: ToThread): void {
  switch (message.kind) {
    case 'sit': {
      const seated = sit(message.sitting, message.rng);
      seated.catch(() => {});
      seats.set(message.id, seated);
      break;
    }
    case 'act':
      void act(message);
      break;
    case 'news':
      void seats
        .get(message.id)
        ?.then(({ agent }) => agent.news?.(message.event))
        .catch(() => {});
      break;
    case 'abort':
      asks.get(message.ask)?.abort(new DOMException('the answer is no longer wanted', 'AbortError'));
      break;
    case 'rise':
      void seats
        .get(message.id)
        ?.then(({ agent }) => agent.close?.(null))
        .catch(() => {});
      seats.delete(message.id);
      break;
    case 'end':
      port?.close();
  }
}

async function sit({ agent, environment, config, seat }: Sitting, state: RngState): Promise<Seated> {
  const place = { environment: await catalogue.environment(environment), config, seat, rng: new Rng(state) };
  const factory = await catalogue.agent(agent);
  return { place, agent: factory(place) };
}

async function act({ id, ask, told, rng }: Extract<ToThread, { kind: 'act' }>): Promise<void> {
  const abort = new AbortController();
  asks.set(ask, abort);
  let state = rng;
  try {
    const seated = seats.get(id);
    if (seated === undefined) throw new Error('nobody sits there');
    const { place, agent } = await seated;
    place.rng.restore(rng);
    const decision = await agent.act(requestOf(place, told, abort.signal));
    state = place.rng.state();
    send({ ask, rng: state, decision });
  } catch (thrown) {
    send({ ask, rng: state, thrown: messageOf(thrown) });
  } finally {
    asks.delete(ask);
  }
}

function requestOf({ environment, config, seat, rng }: Place, told: Told, signal: AbortSignal): ActRequest {
  const words = () => ({
    opening: openingOf(environment, config, seat),
    told: sayAll(environment, told.events, seat).join('\n'),
    shown: environment.show?.(told.view) ?? null,
    how: howToAnswer(environment.spec, told.space),
  });
  return requestFrom(told, words, rng, signal);
}

function send(message: FromThread): void {
  port?.postMessage(message);
}

/** NOTE: there for the loader of workers, which takes a module's default. */
export default {};
