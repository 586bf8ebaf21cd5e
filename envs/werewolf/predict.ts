import { z } from 'zod';
import { seatName, type Turn } from '../../src/core/environment.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { ActionSpace, Form } from '../../src/core/space.js';
import { type Config, ROLES } from './config.js';
import { list, type Seats, without } from './seats.js';
import { askAll } from './spaces.js';

/** What a prediction is about: the others alive, and the roles of this game. */
type Limits = { readonly players: readonly string[]; readonly roles: readonly string[] };

/** Everybody alive is asked for the role of each of the others alive, all at once. */
export function predictTurn(config: Config, alive: Seats): Turn {
  const roles = ROLES.filter((role) => config.roles[role] > 0);
  return askAll(alive, (seat): ActionSpace => {
    const limits: Limits = { players: list(without(alive, seat)).map(seatName), roles };
    return { kind: 'form', form: 'prediction', limits };
  });
}

function limitsOf(limits: Json | undefined): Limits {
  return (limits ?? { players: [], roles: [] }) as Limits;
}

/** Why a prediction is not one of this turn: a player missing, one too many, or a role that is not in the game. */
function refuse(value: Json, given: Json | undefined): string | null {
  const { players, roles } = limitsOf(given);
  const said = isObject(value) ? value : {};
  const missing = players.filter((player) => !Object.hasOwn(said, player));
  if (missing.length > 0) return `the role of ${missing.join(', ')} is missing`;
  const extra = Object.keys(said).find((player) => !players.includes(player));
  if (extra !== undefined) return `${extra} is not asked for; only ${players.join(', ')}`;
  const odd = players.find((player) => !roles.includes(said[player] as string));
  return odd === undefined
    ? null
    : `${odd}: there is no ${String(said[odd])} in this game; the roles are ${roles.join(', ')}`;
}

function sample(rng: Rng, given: Json | undefined): JsonObject {
  const { players, roles } = limitsOf(given);
  return Object.fromEntries(players.map((player) => [player, rng.pick(roles)]));
}

export const prediction: Form = {
  description:
    'the role you think each other living player has, for example {"player_1": "seer", "player_2": "werewolf"}',
  schema: z.record(z.string(), z.enum(ROLES)),
  refuse,
  sample,
};
