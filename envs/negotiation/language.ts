import { type Event, seatName, type Viewer } from '../../src/core/environment.js';
import type { Amounts, Config, View } from './types.js';

type Named = { readonly [item: string]: number };

export function say(event: Event, viewer: Viewer): string {
  const seat = event.seat as number;
  const who = seatName(seat);
  switch (event.kind) {
    case 'dealt': {
      const values = list(event.values as Named);
      return viewer === seat ? `One of each is worth to you: ${values}.` : `One of each is worth to ${who}: ${values}.`;
    }
    case 'said':
      return event.text === '' ? `${who} says nothing.` : `${who} says: "${event.text as string}"`;
    case 'offered':
      return `${who} offers to take ${pile(event.take as Named)} and leave ${pile(event.leave as Named)}.`;
    case 'agreed':
      return `${who} accepts: ${who} gets ${pile(event.take as Named)}, ${seatName(1 - seat)} gets ${pile(event.leave as Named)}.`;
    case 'walked away':
      return `${who} walks away. There is no deal.`;
    default:
      return 'Time is out. There is no deal.';
  }
}

/** What is divided, what it is worth to the viewer, and what is on the table. */
export function show(view: View): string {
  const { you, items, values, standing, worth } = view;
  const lines = [`Items: ${list(items)}.`];
  for (const [seat, own] of values.entries()) {
    if (own !== null)
      lines.push(`Worth to ${seat === you ? 'you' : seatName(seat)}, one of each: ${list(name(items, own))}.`);
  }
  if (standing !== null) {
    const rest = Object.values(items).map((count, at) => count - (standing.take[at] as number));
    const left = you === standing.seat ? 'the other gets' : 'you get';
    const gets = you === null ? `${seatName(1 - standing.seat)} gets` : left;
    const taker = you === standing.seat ? 'you take' : `${seatName(standing.seat)} takes`;
    lines.push(`On the table: ${taker} ${pile(name(items, standing.take))}; ${gets} ${pile(name(items, rest))}.`);
  }
  if (worth < 1) lines.push(`Accepted now, values are paid at ${Number((100 * worth).toFixed(1))} percent.`);
  return lines.join('\n');
}

export function rules(config: Config): string {
  const { items, total, most, rounds, discount, outside, talk, maxChars } = config;
  const turns = rounds === 1 ? 'one turn each' : `${rounds} turns each`;
  const speech = talk
    ? `On your turn you first say something (at most ${maxChars} characters, or nothing), then act: `
    : 'There is no talk. On your turn you ';
  const shrink =
    discount === 1
      ? 'Values do not shrink with time.'
      : `Each offer after the first leaves only ${discount} of what values were before.`;
  return [
    `Negotiation. player_0 and player_1 divide these items: ${list(items)}.`,
    `Each has a private value from 0 to ${most} for one item of each kind. To each player all items together are worth exactly ${total}. Every kind is worth something to at least one player, and at least one kind to both.`,
    `player_0 begins and the players take turns, ${turns}. ${speech}${talk ? '' : 'act: '}offer a split, accept the offer on the table, or walk away. Only the other player's latest offer is on the table.`,
    `When an offer is accepted, each player is paid the value of what it gets divided by ${total}. ${shrink} If somebody walks away, or the last turn passes without a deal, each is paid ${outside}.`,
  ].join('\n');
}

/** "books 3, hats 2". */
function list(amounts: Named): string {
  return Object.entries(amounts)
    .map(([item, amount]) => `${item} ${amount}`)
    .join(', ');
}

/** The same without what there is none of. */
export function pile(amounts: Named): string {
  const some = Object.entries(amounts).filter(([, amount]) => amount > 0);
  return some.length === 0 ? 'nothing' : list(Object.fromEntries(some));
}

function name(items: Named, amounts: Amounts): Named {
  return Object.fromEntries(Object.keys(items).map((item, at) => [item, amounts[at] as number]));
}
