import type { JsonObject } from '../../src/core/json.js';
import type { AgentCard, Clock, Create } from '../../src/server/lobby/wire.js';

/** What somebody wants of a game besides its configuration. Seats without an agent are for people. */
export interface Wish {
  readonly name: string;
  readonly agents: { readonly [seat: string]: string };
  readonly unlisted: boolean;
  readonly consent: boolean;
  /** Times in seconds; null for none. */
  readonly turn: number | null;
  readonly game: number | null;
  readonly increment: number;
  readonly late: Clock['late'];
  readonly absent: number | null;
  readonly standIn: string;
}

export function wished(name: string, agents: readonly AgentCard[]): Wish {
  return {
    name,
    agents: {},
    unlisted: false,
    consent: false,
    turn: null,
    game: null,
    increment: 0,
    late: 'substitute',
    absent: 120,
    standIn: agents[0]?.name ?? '',
  };
}

export function bodyOf(wish: Wish, config: JsonObject, seats: number): Create {
  const agents = Object.fromEntries(Object.entries(wish.agents).filter(([seat]) => Number(seat) < seats));
  const ms = (seconds: number | null) => (seconds === null ? null : seconds * 1000);
  return {
    numPlayers: seats,
    unlisted: wish.unlisted,
    setupData: {
      config,
      agents,
      clock: {
        turnMs: ms(wish.turn),
        gameMs: ms(wish.game),
        incrementMs: wish.game === null ? 0 : wish.increment * 1000,
        late: wish.late,
        absentMs: wish.standIn === '' ? null : ms(wish.absent),
      },
      ...(wish.standIn === '' ? {} : { standIn: wish.standIn }),
      consent: wish.consent,
    },
  };
}

/** The first seat for a person; null when agents have them all. */
export function firstFree(wish: Wish, seats: number): string | null {
  const free = Array.from({ length: seats }, (_, seat) => String(seat)).find((seat) => wish.agents[seat] === undefined);
  return free ?? null;
}
