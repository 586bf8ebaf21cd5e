import { type Event, seatName, type Viewer } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import type { Role } from './config.js';
import type { Team, View } from './types.js';

/** One event in words: in the second person to the seat it is about. */
export function say(event: Event, viewer: Viewer): string {
  return SAYINGS[event.kind]?.(event, viewer) ?? '';
}

type Saying = (event: Event, viewer: Viewer) => string;

const SAYINGS: { readonly [kind: string]: Saying } = {
  role: ({ seat, role }, viewer) =>
    viewer === seat ? `You are ${name(seat)}, and you are ${a(role)}.` : `${name(seat)} is ${a(role)}.`,
  mates: ({ seats }, viewer) => matesOf(seats as number[], viewer),
  phase,
  proposed: ({ seat, target }, viewer) => `${who(seat, viewer)} proposed to kill ${name(target)}.`,
  chose,
  saw: ({ seat, target, result }, viewer) => `${who(seat, viewer)} saw that ${name(target)} is ${resultOf(result)}.`,
  victim: ({ target }, viewer) => `The werewolves have chosen to kill ${whom(target, viewer)}.`,
  potion: ({ seat, act, target }, viewer) => `${who(seat, viewer)} ${potionOf(act as string, whom(target, viewer))}.`,
  dawn,
  shot: ({ seat, target, shown }, viewer) =>
    `${who(seat, viewer)}${viewer === seat ? '' : ', a hunter,'} shot ${target === -1 ? 'nobody' : whom(target, viewer)}.${showing(target, shown)}`,
  bids: ({ bids }) =>
    `Bids to speak: ${pairs(bids)
      .map(([seat, bid]) => `${name(seat)} ${bid}`)
      .join(', ')}.`,
  said: ({ seat, text }, viewer) => `${who(seat, viewer)} said: ${text as string}`,
  predicted: ({ seat, roles }, viewer) => `${who(seat, viewer)} predicted: ${predictionOf(roles)}.`,
  votes: ({ votes }, viewer) => ballot(pairs(votes), viewer),
  out,
  over: ({ winner, roles }) => `${resultIn(winner as Team | 'nobody')} The roles were: ${rolesOf(roles as Role[])}.`,
};

function name(seat: Json | undefined): string {
  return seatName(seat as number);
}

/** The one who acts, at the start of a sentence. */
function who(seat: Json | undefined, viewer: Viewer): string {
  return seat === viewer ? 'You' : name(seat);
}

/** The one whom it hits. */
function whom(seat: Json | undefined, viewer: Viewer): string {
  return seat === viewer ? 'you' : name(seat);
}

function a(role: Json | undefined): string {
  return `a ${role as string}`;
}

function names(seats: readonly number[]): string {
  if (seats.length < 2) return seats.map(seatName).join('');
  return `${seats.slice(0, -1).map(seatName).join(', ')} and ${seatName(seats.at(-1) as number)}`;
}

function pairs(list: Json | undefined): readonly (readonly [number, number])[] {
  return list as unknown as readonly (readonly [number, number])[];
}

function matesOf(seats: readonly number[], viewer: Viewer): string {
  if (seats.length === 1)
    return viewer === seats[0] ? 'You are the only werewolf.' : `${name(seats[0])} is the only werewolf.`;
  if (typeof viewer !== 'number') return `The werewolves are ${names(seats)}.`;
  return `The werewolves are you and ${names(seats.filter((seat) => seat !== viewer))}.`;
}

const PHASES: { readonly [phase: string]: string } = {
  night: 'Night',
  discussion: 'Discussion of day',
  vote: 'Vote of day',
};

/** The order is said where it is not that of the numbers. */
function phase({ phase: kind, round, alive, order }: Event): string {
  const here = alive as readonly number[];
  const line = (order ?? here) as readonly number[];
  const turned = line[0] === here[0] ? '' : ` The order is ${names(line)}.`;
  return `${PHASES[kind as string]} ${round as number}. Alive: ${names(here)}.${turned}`;
}

function chose({ seat, act, target }: Event, viewer: Viewer): string {
  const chooser = seat === -1 ? 'The werewolves' : who(seat, viewer);
  const aim = target === seat ? (viewer === seat ? 'yourself' : 'himself') : name(target);
  return `${chooser} chose to ${act as string} ${aim}.`;
}

function resultOf(result: Json | undefined): string {
  if (result === 'wolf') return 'a werewolf';
  return result === 'village' ? 'not a werewolf' : a(result);
}

function potionOf(act: string, target: string): string {
  if (act === 'nothing') return 'used no potion';
  return act === 'heal' ? `healed ${target}` : `poisoned ${target}`;
}

function dawn({ killed, shown }: Event, viewer: Viewer): string {
  const dead = killed as readonly number[];
  if (dead.length === 0) return 'Nobody was killed last night.';
  return dead
    .map((seat, index) => {
      const verb = seat === viewer ? 'were' : 'was';
      return `${who(seat, viewer)} ${verb} killed last night.${showing(seat, (shown as readonly Json[])[index])}`;
    })
    .join(' ');
}

/** What is shown of the dead, as a sentence of its own. */
function showing(seat: Json | undefined, shown: Json | undefined): string {
  if (shown === null || shown === undefined) return '';
  if (shown === 'village') return ` ${name(seat)} was not a werewolf.`;
  return ` ${name(seat)} was ${shown === 'wolves' ? 'a werewolf' : a(shown)}.`;
}

function predictionOf(roles: Json | undefined): string {
  return Object.entries(roles as { readonly [player: string]: string })
    .map(([player, role]) => `${player} ${role}`)
    .join(', ');
}

/** Votes by target, then who abstained; a single vote as a sentence. */
function ballot(votes: readonly (readonly [number, number])[], viewer: Viewer): string {
  const [first, second] = votes;
  if (first !== undefined && second === undefined) {
    const [seat, target] = first;
    return `${who(seat, viewer)} ${target < 0 ? 'abstained' : `voted for ${whom(target, viewer)}`}.`;
  }
  const targets = [...new Set(votes.map(([, target]) => target))].sort((x, y) => x - y).filter((target) => target >= 0);
  const voters = (wanted: number) => votes.filter(([, target]) => target === wanted).map(([seat]) => seat);
  const lines = targets.map((target) => `for ${whom(target, viewer)}: ${voted(voters(target), viewer)}`);
  const silent = voters(-1);
  if (silent.length > 0) lines.push(`abstained: ${voted(silent, viewer)}`);
  return `Votes: ${lines.join('; ')}.`;
}

function voted(seats: readonly number[], viewer: Viewer): string {
  return seats.map((seat) => whom(seat, viewer)).join(', ');
}

function out({ target, tied, shown }: Event, viewer: Viewer): string {
  const even = tied as readonly number[];
  const tie = even.length > 1 ? `The vote was tied between ${names(even)}. ` : '';
  if (target === -1) return `${tie}Nobody was voted out.`;
  const drawn = even.length > 1 ? ' by lot' : '';
  return `${tie}${who(target, viewer)} ${target === viewer ? 'were' : 'was'} voted out${drawn}.${showing(target, shown)}`;
}

function resultIn(winner: Team | 'nobody'): string {
  if (winner === 'nobody') return 'The game ends undecided.';
  return winner === 'wolves' ? 'The werewolves win.' : 'The village wins.';
}

function rolesOf(roles: readonly Role[]): string {
  return roles.map((role, seat) => `${name(seat)} ${role}`).join(', ');
}

/** What a viewer knows, in a few lines: time, own role, who is alive, what is known of whom. */
export function show(view: View): string {
  const { you, role, alive, winner } = view;
  const seats = alive.map((_, seat) => seat);
  const lines = [timeOf(view)];
  if (you !== null && role !== null) {
    lines.push(`You are ${name(you)}, ${a(role)}${alive[you] === true ? '' : ', and dead'}.`);
  }
  lines.push(`Alive: ${names(seats.filter((seat) => alive[seat]))}.`);
  const known = seats.filter((seat) => seat !== you).flatMap((seat) => knowledge(view, seat));
  if (known.length > 0) lines.push(`${you === null ? 'Known' : 'You know'}: ${known.join(', ')}.`);
  if (view.potions !== undefined) lines.push(potionsLeft(view.potions));
  if (winner !== null) lines.push(resultIn(winner));
  return lines.join('\n');
}

function timeOf({ round, phase: kind }: View): string {
  if (kind === 'over') return `The game is over after round ${round}.`;
  return `Round ${round}, ${kind}.`;
}

function knowledge({ roles, teams }: View, seat: number): string[] {
  const role = roles[seat];
  if (role !== null && role !== undefined) return [`${name(seat)} is ${a(role)}`];
  return teams[seat] === 'village' ? [`${name(seat)} is not a werewolf`] : [];
}

function potionsLeft({ heal, poison }: { readonly heal: boolean; readonly poison: boolean }): string {
  const left = [...(heal ? ['healing'] : []), ...(poison ? ['poison'] : [])];
  return left.length === 0 ? 'You have no potion left.' : `Potions left: ${left.join(' and ')}.`;
}
