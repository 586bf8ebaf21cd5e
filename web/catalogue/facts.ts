import type { Facts } from '../../src/core/environment.js';

/** What a player wants to know of an environment at a glance. */
export function factTags(facts: Facts): string[] {
  return [
    facts.seats === 1 ? 'one seat' : `${facts.seats} seats`,
    facts.information === 'perfect' ? 'everything is seen' : 'hidden information',
    ...(facts.chance === 'none' ? [] : ['chance']),
    ...(facts.dynamics === 'simultaneous' ? ['moves at once'] : []),
  ];
}

/** The facts as a list of names and values. */
export function factRows(facts: Facts): readonly (readonly [string, string])[] {
  const { kind, min, max } = facts.utility;
  return [
    ['Seats', String(facts.seats)],
    [
      'Information',
      facts.information === 'perfect' ? 'everything that happens is told to everybody' : 'some is hidden',
    ],
    ['Chance', CHANCE[facts.chance]],
    ['Moves', facts.dynamics === 'sequential' ? 'one seat at a time' : 'some are made at once'],
    ['Answers from outside', facts.calls ? 'yes' : 'no'],
    ['Returns', `from ${min} to ${max}, ${kind.replace('-', ' ')}`],
    ['Longest game', `${facts.horizon} steps`],
  ];
}

const CHANCE: { readonly [chance in Facts['chance']]: string } = {
  none: 'none',
  listed: 'yes, with known probabilities',
  drawn: 'yes',
};
