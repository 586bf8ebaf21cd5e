import { z } from 'zod';
import type { ActRequest, Agent, AgentFactory, AgentManifest, Decision, Place } from '../src/core/agent.js';
import { type Facts, seatName } from '../src/core/environment.js';
import { UserError } from '../src/core/errors.js';
import { isObject, type Json } from '../src/core/json.js';
import type { Move } from '../src/core/space.js';

/** Which turns of a table a policy plays itself, and who plays the rest; agents by their specs. */
export const part = z.strictObject({
  learns: z
    .union([z.int().min(0), z.array(z.int().min(0)).min(1), z.string()])
    .default('all')
    .describe('all seats, one, a list of them, or those whose view has a field of a value, as in role=werewolf'),
  speaker: z
    .string()
    .nullable()
    .default(null)
    .describe('agent that plays turns without a list of options: speech, forms, tools'),
  advice: z
    .boolean()
    .default(false)
    .describe('show the policy what the speaker would choose, so that it learns where to do otherwise'),
  others: z.string().nullable().default(null).describe('agent that plays where the policy does not'),
});
export type Part = z.output<typeof part>;

/** Whether the policy plays this seat, which is shown this view. */
export type Plays = (seat: number, view: () => Json) => boolean;

/** A part with what it names at hand. */
export interface OpenPart {
  readonly part: Part;
  readonly plays: Plays;
  /** The seats that the policy plays; null where that depends on what they are shown. */
  readonly seats: readonly number[] | null;
  readonly speaker: AgentFactory | null;
  readonly others: AgentFactory | null;
}

/**
 * @param agent gives the agent of a spec
 * @throws UserError when there are no such seats, and whatever `agent` throws
 */
export async function openPart(
  part: Part,
  { seats: count }: Pick<Facts, 'seats'>,
  agent: (spec: string) => Promise<AgentFactory>,
): Promise<OpenPart> {
  const seats = played(part.learns, count);
  if (part.advice && part.speaker === null) throw new UserError('advice is that of the speaker: name one');
  const speaker = part.speaker === null ? null : await agent(part.speaker);
  // NOTE: one factory for both where they are the same, so that a seat has one such agent and not two.
  const same = part.others === part.speaker;
  const others = same ? speaker : part.others === null ? null : await agent(part.others);
  return { part, ...seats, speaker, others };
}

function played(learns: Part['learns'], count: number): Pick<OpenPart, 'plays' | 'seats'> {
  if (learns === 'all') return { plays: () => true, seats: Array.from({ length: count }, (_, seat) => seat) };
  if (typeof learns === 'string' && learns.includes('=')) return { plays: byField(learns), seats: null };
  const seats = typeof learns === 'string' ? learns.split(',').map(Number) : [learns].flat();
  const wrong = seats.find((seat) => !(Number.isInteger(seat) && seat >= 0 && seat < count));
  if (wrong === undefined) return { plays: (seat) => seats.includes(seat), seats };
  throw new UserError(
    `learns takes all, seats from 0 to ${count - 1} here, or a field of the view as in role=werewolf; got ${JSON.stringify(learns)}`,
  );
}

function byField(learns: string): Plays {
  const at = learns.indexOf('=');
  const [field, value] = [learns.slice(0, at), learns.slice(at + 1)];
  return (_, view) => {
    const seen = view();
    return isObject(seen) && String(seen[field]) === value;
  };
}

/**
 * An agent that plays its part and leaves the other turns to the agents named for them, each of which is told
 * everything from the start of the episode, as if it sat there alone.
 * @param act plays a turn with a list of options, given what the speaker would choose where the part is advised
 * @throws UserError when nobody plays the place
 */
export function seatPart(
  { part, plays, seats, speaker, others }: OpenPart,
  place: Place,
  manifest: AgentManifest,
  act: (request: ActRequest, advice?: Move) => Decision | Promise<Decision>,
): Agent {
  if (seats !== null && !seats.includes(place.seat) && others === null) {
    throw new UserError(`the policy plays ${seats.map(seatName).join(', ')}, not ${seatName(place.seat)}`);
  }
  const standIns = new StandIns(place);
  return {
    manifest,
    act(request) {
      if (!plays(request.seat, () => request.view)) return standIns.of(others, request, 'this seat').act(request);
      if (request.space.kind === 'choice' && !part.advice) return act(request);
      const spoken = standIns.of(speaker, request, `a turn of kind ${request.space.kind}`).act(request);
      if (request.space.kind !== 'choice') return spoken;
      return spoken instanceof Promise ? spoken.then((own) => act(request, moveOf(own))) : act(request, moveOf(spoken));
    },
    news(event) {
      for (const agent of standIns.all) agent.news?.(event);
    },
    close: async (result) => {
      for (const agent of standIns.all) await agent.close?.(result);
    },
  };
}

/** @throws UserError where the speaker answers in words, which are read at tables only */
function moveOf(decision: Decision): Move {
  if ('move' in decision) return decision.move;
  throw new UserError('a speaker that answers in words cannot advise');
}

/** The agents that play instead in one seat of one episode, seated when they are first needed. */
class StandIns {
  readonly #place: Place;
  readonly #seated = new Map<AgentFactory, Agent>();

  constructor(place: Place) {
    this.#place = place;
  }

  get all(): Agent[] {
    return [...this.#seated.values()];
  }

  of(factory: AgentFactory | null, { events }: ActRequest, what: string): Agent {
    if (factory === null) throw new UserError(`the policy does not play ${what}, and no agent is named that does`);
    const known = this.#seated.get(factory);
    if (known !== undefined) return known;
    const agent = factory(this.#place);
    for (const event of events) agent.news?.(event);
    this.#seated.set(factory, agent);
    return agent;
  }
}
