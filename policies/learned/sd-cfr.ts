/**
 * Single Deep CFR: the average strategy is the networks of all iterations themselves, one drawn for each episode with
 * a probability in proportion to its iteration.
 * SEE: Steinberger, "Single Deep Counterfactual Regret Minimization", arXiv 1901.07621, 2019.
 */
import { readFields } from '../../src/core/config.js';
import type { Learner, Learning } from '../learner.js';
import { externalEngine } from './deep/external.js';
import { mixtureLearning } from './deep/mixture.js';
import { LEDUC, type Settings, SMALL, settings } from './deep/settings.js';

const learner: Learner = {
  id: 'sd-cfr',
  title: 'single Deep CFR',
  paper: 'Steinberger, arXiv 1901.07621, 2019',
  options: settings as unknown as Learner['options'],
  presets: { leduc: LEDUC, small: SMALL },
  async open(game, options, rng): Promise<Learning> {
    const read = readFields(settings, options, 'option') as unknown as Settings;
    return mixtureLearning(externalEngine(game, read, rng), { id: learner.id, game, options });
  },
};

export default learner;
