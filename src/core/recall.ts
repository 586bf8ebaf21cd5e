import type { Agent, Message, ModelCall } from './agent.js';
import { type Decided, type Question, requestsOf } from './decide.js';
import type { Seat } from './environment.js';
import type { PlayedStep } from './table.js';

/** The calls that a seat made in a past, in their order. */
class PastCalls {
  readonly #calls: { readonly sent: string; readonly call: ModelCall }[] = [];

  add(calls: readonly ModelCall[]): void {
    for (const call of calls) this.#calls.push({ sent: JSON.stringify(call.messages), call });
  }

  /** The oldest call with exactly these messages; null where the past has none. */
  take(messages: readonly Message[]): ModelCall | null {
    const sent = JSON.stringify(messages);
    const at = this.#calls.findIndex((one) => one.sent === sent);
    return at < 0 ? null : (this.#calls.splice(at, 1)[0]?.call ?? null);
  }
}

/** Asks the agents that remember the turns of a past again, each as it was asked then. */
export class Recalling {
  readonly #agents: readonly Agent[];
  readonly #calls = new Map<Seat, PastCalls>();

  constructor(agents: readonly Agent[], past: readonly PlayedStep[]) {
    this.#agents = agents;
    for (const { seats = {} } of past) {
      for (const [seat, decided] of Object.entries(seats)) this.#of(Number(seat))?.add(callsOf(decided));
    }
  }

  /** The turns of one step, before it is applied. @param ask what a seat was asked at it */
  async step({ seats = {} }: PlayedStep, ask: (seat: Seat) => Question): Promise<void> {
    for (const [key, decided] of Object.entries(seats)) {
      const seat = Number(key);
      const calls = this.#of(seat);
      if (calls === null) continue;
      const move = decided.substituted === true ? null : decided.move;
      for (const request of requestsOf(ask(seat), decided, { move, calls })) {
        // NOTE: a try that failed then fails again; the past says already what came of it.
        await Promise.resolve(this.#agents[seat]?.act(request)).catch(() => undefined);
      }
    }
  }

  #of(seat: Seat): PastCalls | null {
    if (this.#agents[seat]?.remembers !== true) return null;
    const calls = this.#calls.get(seat) ?? new PastCalls();
    this.#calls.set(seat, calls);
    return calls;
  }
}

function callsOf({ tries = [], calls = [] }: Decided): ModelCall[] {
  return [...tries.flatMap((tried) => tried.calls ?? []), ...calls];
}
