import { type Event, seatName, type Viewer } from '../../src/core/environment.js';
import type { Config, View } from './types.js';

export function rules({ seats, dice, faces, wild }: Config): string {
  const all = seats * dice;
  const each = dice === 1 ? 'one die' : `${dice} dice`;
  const counting = wild
    ? `A die counts towards a face if it shows that face or ${faces}: ${faces} is wild.`
    : 'A die counts towards a face only if it shows it.';
  const others = seats === 2 ? '' : ' All others neither win nor lose.';
  return `Liar's dice for ${seats} players. Everybody rolls ${each} with faces 1 to ${faces}, seen by nobody else. In turn, starting with player_0, you bid how many of all ${all} dice show some face at least: "bid 2x3" says that at least two dice count as 3. ${counting} Each bid must be higher than the last: more dice of any face, or as many of a higher face. Instead of bidding you may call the last bid a lie ("liar"), which ends the game; after the highest bid, ${all}x${faces}, nothing else is left. Then all dice are shown. If the bid is true its bidder wins and the caller loses; if not, the caller wins and the bidder loses.${others}`;
}

export function say(event: Event, viewer: Viewer): string {
  const who = seatName(event.seat as number);
  switch (event.kind) {
    case 'rolled':
      return `${viewer === event.seat ? 'You roll' : `${who} rolls`} ${event.face as number}.`;
    case 'bid':
      return `${who} bids ${event.quantity as number}x${event.face as number}.`;
    case 'called':
      return `${who} calls the last bid a lie.`;
    case 'shown':
      return `Dice are shown: ${table(event.dice as readonly (readonly number[])[])}. ${counted(event.count as number)} as ${event.face as number}.`;
    default:
      return `${who} wins, ${seatName(event.loser as number)} loses.`;
  }
}

export function show({ you, dice, bids }: View): string {
  const hand = you === null ? `Dice: ${table(dice)}` : `Your dice: ${dice[you]?.join(' ') || 'not rolled yet'}`;
  return `${hand}\nLast bid: ${bids[bids.length - 1] ?? 'none'}`;
}

function counted(count: number): string {
  return count === 1 ? '1 die counts' : `${count} dice count`;
}

function table(dice: readonly (readonly number[] | null)[]): string {
  return dice.map((hand, seat) => `${seatName(seat)} ${hand === null ? 'hidden' : hand.join(' ')}`).join(', ');
}
