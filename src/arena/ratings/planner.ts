import { UserError } from '../../core/errors.js';
import { normalQuantile } from './normal.js';

export interface PlanOptions {
  /** The chance of finding a difference that is there; 0.8 by default. */
  readonly power?: number;
  /** The chance, two-sided, of finding one that is not; 0.05 by default. */
  readonly alpha?: number;
}

/**
 * Games each of two agents needs, in games of their own, to tell two win rates apart by the test of two proportions.
 * SEE: J. L. Fleiss, "Statistical Methods for Rates and Proportions", 2nd ed. 1981, equation 3.14, without a correction
 * for continuity.
 * @returns games an agent: 2019 for .73 against .69
 */
export function gamesToTell(one: number, other: number, options: PlanOptions = {}): number {
  const { gap, confident, powerful } = read(one, other, options);
  const middle = (one + other) / 2;
  const alike = Math.sqrt(2 * middle * (1 - middle));
  const apart = Math.sqrt(one * (1 - one) + other * (1 - other));
  return Math.ceil(((confident * alike + powerful * apart) / gap) ** 2);
}

/**
 * Pairs needed when both agents play the same deals, by McNemar's test: the more the deals decide, the fewer.
 * SEE: R. J. Connor, "Sample size for testing differences in proportions for the paired-sample design", Biometrics 43
 * (1987), equation 3.
 * @param correlation of the two results of a deal; 0 gives about what unpaired games give
 * @throws UserError when the correlation is not possible between such win rates
 */
export function pairsToTell(one: number, other: number, correlation: number, options: PlanOptions = {}): number {
  const { gap, confident, powerful } = read(one, other, options);
  const both = one * other + correlation * Math.sqrt(one * (1 - one) * other * (1 - other));
  if (both > Math.min(one, other) + 1e-12 || both < Math.max(0, one + other - 1) - 1e-12) {
    const [low, high] = correlations(one, other);
    throw new UserError(
      `results of ${one} and ${other} have a correlation from ${low.toFixed(3)} to ${high.toFixed(3)}, not ${correlation}`,
    );
  }
  const discordant = one + other - 2 * both;
  const spread = Math.sqrt(Math.max(0, discordant - gap * gap));
  return Math.ceil(((confident * Math.sqrt(discordant) + powerful * spread) / gap) ** 2);
}

/** The least and the largest correlation that results with these win rates can have. */
export function correlations(one: number, other: number): readonly [number, number] {
  const scale = Math.sqrt(one * (1 - one) * other * (1 - other));
  const product = one * other;
  return [(Math.max(0, one + other - 1) - product) / scale, (Math.min(one, other) - product) / scale];
}

function read(one: number, other: number, { power = 0.8, alpha = 0.05 }: PlanOptions) {
  for (const [name, value] of Object.entries({ 'a win rate': one, 'the other': other, power, alpha })) {
    if (!(value > 0 && value < 1)) throw new UserError(`${name} lies between 0 and 1, got ${value}`);
  }
  if (one === other) throw new UserError(`no number of games tells ${one} from ${other}`);
  return { gap: Math.abs(one - other), confident: normalQuantile(1 - alpha / 2), powerful: normalQuantile(power) };
}
