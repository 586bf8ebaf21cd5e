import type { Scripted } from '../../src/core/environment.js';
import type { Config } from './config.js';
import { STYLES } from './talk/styles.js';
import { Talker } from './talk/talker.js';

/** Rule-based talkers: they claim, accuse, defend, question and lie in sentences that they also understand. */
export const scripted: Scripted<Config> = {
  styles: Object.fromEntries(Object.entries(STYLES).map(([name, { says }]) => [name, says])),
  seat({ config, seat, style, rng }) {
    const known = STYLES[style];
    if (known === undefined) throw new RangeError(`there is no style "${style}"`);
    const talker = new Talker(seat, config, known, rng);
    return (turn) => talker.act(turn);
  },
};
