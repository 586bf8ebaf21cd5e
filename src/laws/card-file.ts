import { cardTables } from '../core/card.js';
import type { Environment } from '../core/environment.js';
import { UserError } from '../core/errors.js';
import { standardConfigurations } from './configurations.js';
import { mergeTold, toldTable } from './told.js';

const BEGIN = '<!-- generated -->';
const END = '<!-- /generated -->';
/** How many random episodes of each configuration are asked who was told what. */
const EPISODES = 50;

/**
 * A card with its generated part brought up to date. Everything outside the two marks stays as it is.
 * @throws UserError when the card lacks the marks
 */
export function currentCard(environment: Environment, card: string): string {
  const begin = card.indexOf(BEGIN);
  const end = card.indexOf(END);
  if (begin < 0 || end < begin) throw new UserError(`its README.md wants the lines ${BEGIN} and ${END}, in this order`);
  const tables = standardConfigurations(environment).map(({ config }) => toldTable(environment, config, EPISODES));
  return `${card.slice(0, begin + BEGIN.length)}\n\n${cardTables(environment, mergeTold(tables))}\n\n${card.slice(end)}`;
}
