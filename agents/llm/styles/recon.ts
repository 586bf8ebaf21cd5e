import { UserError } from '../../../src/core/errors.js';
import { type StyleKind, together } from '../style.js';

const OWN_VIEW = `Before you act, look at it from your own seat. What do you know, what do you suspect about each other
player and why, and what do you want to reach now? Say which action you would take and why. This is only for yourself.`;

const OTHERS_VIEW = `Now look at it from the others' seats. How would each of them read the action you have in mind, what
would it tell them about you, and how would they answer it? Say what you would change. This is only for yourself.`;

/**
 * Recursive contemplation: first from the own view, then from the opponents', then the act.
 * SEE: S. Wang et al., "Avalon's Game of Thoughts: Battle Against Deception through Recursive Contemplation", 2023.
 */
const recon: StyleKind = {
  id: 'recon',
  title: "thinks from its own view, then from the opponents' view, then acts: three calls a turn",
  usage: 'recon',
  open(argument) {
    if (argument !== '') throw new UserError(`style recon takes no argument, got "${argument}"`);
    return () => async (turn, guidance, next) => {
      await turn.ask({ text: OWN_VIEW, space: null });
      await turn.ask({ text: OTHERS_VIEW, space: null });
      return next({ ...guidance, text: together(guidance.text, 'Now act, in the light of both views.') });
    };
  },
};

export default recon;
