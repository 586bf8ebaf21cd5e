import type { AgentFamily } from '../src/core/agent.js';
import { suggestion, UserError } from '../src/core/errors.js';

/** The environment's own sensible player; `scripted:style` chooses among those it brings. */
const scripted: AgentFamily = {
  id: 'scripted',
  title: "the environment's own sensible player",
  usage: 'scripted or scripted:<style>, for example scripted:perfect',
  standIn: 1,
  open: (argument) => {
    const manifest = { agent: argument === '' ? 'scripted' : `scripted:${argument}` };
    return ({ environment, config, seat, rng }) => {
      const players = environment.scripted;
      if (players === undefined) throw new UserError(`${environment.spec.id} brings no scripted player`);
      const styles = Object.keys(players.styles);
      const style = argument === '' ? (styles[0] as string) : argument;
      if (!styles.includes(style)) {
        throw new UserError(`${environment.spec.id} has no scripted style "${style}"; ${suggestion(style, styles)}`);
      }
      const play = players.seat({ config, seat, style, rng });
      return { manifest, act: play };
    };
  },
};

export default scripted;
