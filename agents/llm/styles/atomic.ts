import type { Place } from '../../../src/core/agent.js';
import { seatName } from '../../../src/core/environment.js';
import { UserError } from '../../../src/core/errors.js';
import { isObject } from '../../../src/core/json.js';
import { type ChoiceSpace, choice } from '../../../src/core/space.js';
import { type StyleKind, together } from '../style.js';

/**
 * First one of a few atomic actions, then the words or the move that carry it out, as Cicero plans and then speaks. The
 * actions are: idle; target each player; claim each role; do not reveal a role. With seven seats and four roles that
 * makes the 13 of the Werewolf papers.
 * SEE: A. Bakhtin et al., "Human-level play in the game of Diplomacy", Science 2022; Z. Xu et al., "Learning Strategic
 * Language Agents in the Werewolf Game with Iterative Latent Space Policy Optimization", 2025, the Cicero-like agent.
 */
const atomic: StyleKind = {
  id: 'atomic',
  title: 'chooses one of a few atomic actions, then carries it out: two calls a turn',
  usage: 'atomic, or atomic:<role>/<role>... where the configuration names no roles',
  open(argument) {
    const named = argument === '' ? null : argument.split('/').filter((role) => role !== '');
    return (place) => {
      const space = actionsOf(place, named ?? rolesOf(place));
      return async (turn, guidance, next) => {
        const { move } = await turn.ask({ text: 'First choose what you want to bring about with this turn.', space });
        return next({ ...guidance, text: together(guidance.text, `You decided: ${move as string}. Carry it out.`) });
      };
    };
  },
};

export default atomic;

function actionsOf({ environment, config }: Place, roles: readonly string[]): ChoiceSpace {
  const { seats } = environment.spec.facts(config);
  const targets = Array.from({ length: seats }, (_, seat) => `target ${seatName(seat)}`);
  return choice(['idle', ...targets, ...roles.map((role) => `claim ${role}`), 'do not reveal role']);
}

/** The roles in play: fields of a configuration's `roles` that are not 0. */
function rolesOf({ environment, config }: Place): string[] {
  const { roles } = config;
  if (isObject(roles)) return Object.keys(roles).filter((role) => roles[role] !== 0);
  throw new UserError(
    `style atomic needs roles to claim, and ${environment.spec.id} configures none; name them as in atomic:spy/guard`,
  );
}
