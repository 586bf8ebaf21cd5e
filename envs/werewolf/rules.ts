import { type Config, ROLES, type Role, seatsOf } from './config.js';

/** The rules in words, exactly as this configuration plays them: every rule it sets, and none that cannot matter. */
export function rulesOf(config: Config): string {
  const paragraphs = [
    [dealt(config), teams(config)],
    [winning(config), cap(config)],
    [course(config)],
    night(config),
    day(config),
    [scoring(config)],
  ];
  return paragraphs.map((sentences) => sentences.filter((text) => text !== '').join(' ')).join('\n');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function pluralRole(count: number, role: Role): string {
  return role === 'werewolf' && count > 1 ? `${count} werewolves` : plural(count, role);
}

function dealt(config: Config): string {
  const counts = ROLES.filter((role) => config.roles[role] > 0).map((role) => pluralRole(config.roles[role], role));
  return `Werewolf for ${seatsOf(config)} players. Each gets a secret role, drawn at random: ${counts.join(', ')}.`;
}

function teams({ roles }: Config): string {
  if (roles.werewolf === 1) {
    return 'The werewolf plays against all others, the village. Everybody knows only their own role.';
  }
  return 'The werewolves play as one team against all others, the village. The werewolves know each other; everybody else knows only their own role.';
}

function winning({ roles, ending }: Config): string {
  const [wolves, win, they] =
    roles.werewolf === 1
      ? ['The werewolf', 'wins', 'only one other player is']
      : ['The werewolves', 'win', 'they are at least as many as the others'];
  const when = ending === 'parity' ? `${they} alive` : 'no other player is alive';
  const checked =
    roles.hunter > 0
      ? ' Whether somebody has won is seen after the deaths of each night and each vote, once dying hunters have shot.'
      : ' Whether somebody has won is seen after every death.';
  return `The village wins as soon as no werewolf is alive. ${wolves} ${win} as soon as ${when}.${checked} The dead win and lose with their team, but neither speak nor act again.`;
}

function cap({ maxRounds }: Config): string {
  return `After ${plural(maxRounds, 'round')} without a winner the game ends undecided.`;
}

function course({ first }: Config): string {
  const [one, two] = first === 'night' ? ['a night', 'a day'] : ['a day', 'a night'];
  return `Each round is ${one} and then ${two}.`;
}

function night(config: Config): string[] {
  return [
    'Night: all that happens is secret.',
    killing(config),
    checking(config),
    saving(config),
    guarding(config),
    brewing(config),
    morning(config),
    shooting(config),
  ];
}

function killing({ roles, kill }: Config): string {
  const whom = 'a living player who is not a werewolf';
  if (roles.werewolf === 1) return `The werewolf chooses ${whom} as the victim.`;
  if (kill === 'random') {
    return `One living werewolf, drawn at random, chooses ${whom} as the victim; the other living werewolves are told.`;
  }
  if (kill === 'vote') {
    return `Each living werewolf votes for ${whom}, all at once and told to all of them; the one with most votes is the victim, drawn at random in a tie.`;
  }
  return `Each living werewolf but the one with the highest number proposes ${whom}; the one with the highest number sees the proposals and chooses the victim, which all living werewolves are told. The last werewolf left chooses alone.`;
}

function checking({ roles, seer }: Config): string {
  if (roles.seer === 0) return '';
  const learns = seer === 'role' ? "that player's role" : 'whether that player is a werewolf';
  return `${each(roles.seer, 'seer')} picks another living player and learns ${learns}.`;
}

function each(count: number, role: Role): string {
  return count === 1 ? `The ${role}` : `Each ${role}`;
}

function saving({ roles, doctor }: Config): string {
  if (roles.doctor === 0) return '';
  const whom = doctor.self ? 'a living player, who may be himself' : 'another living player';
  const repeat = doctor.repeat ? '' : ', but not the same player two nights running';
  return `${each(roles.doctor, 'doctor')} saves ${whom}${repeat}. ${protection}`;
}

const protection = 'The werewolves cannot kill that player this night. He does not know whom they choose.';

function guarding({ roles }: Config): string {
  if (roles.bodyguard === 0) return '';
  return `${each(roles.bodyguard, 'bodyguard')} guards another living player, but not the same one two nights running. ${protection}`;
}

function brewing({ roles }: Config): string {
  if (roles.witch === 0) return '';
  return `${each(roles.witch, 'witch')} has one healing and one poison for the whole game. As long as one is left she then learns whom the werewolves have chosen, and may heal the victim, be it herself, or poison another living player, or do nothing. Nothing helps against poison.`;
}

function morning({ reveal }: Config): string {
  return `In the morning everybody is told who was killed, ${shown(reveal.night)}.`;
}

function shown(reveal: Config['reveal']['night']): string {
  if (reveal === 'none') return 'but not which role they had';
  return reveal === 'team' ? 'and whether they were a werewolf' : 'and which role they had';
}

function shooting({ roles }: Config): string {
  if (roles.hunter === 0) return '';
  return `A hunter who is killed by night or voted out may at once shoot one living player, and everybody is told whom, or that he shot nobody. The same is shown of the one he shoots as of the hunter; a hunter who is shot does not shoot.`;
}

function day(config: Config): string[] {
  return [talking(config), predicting(config), voting(config), counting(config), tie(config), departing(config)];
}

function talking({ talk }: Config): string {
  const length = `at most ${plural(talk.maxChars, 'character')} a speech`;
  if (talk.order === 'bidding') {
    return `Day: there are ${plural(talk.turns, 'speech').replace('speechs', 'speeches')}, heard by everybody, ${length}. Before each, all living players bid 0 to 4 at once; the highest bid speaks, drawn at random in a tie, and the bids are shown.`;
  }
  if (talk.rounds === 0) return 'Day: there is no discussion.';
  const order = {
    fixed: 'in the order of their numbers',
    rotating: 'in the order of their numbers, on the first day from player_0 and each day from one number later',
    random: 'in an order drawn at random as it goes',
  }[talk.order];
  const times = talk.rounds === 1 ? 'once' : `${talk.rounds} times`;
  return `Day: each living player speaks ${times}, heard by everybody, ${order}, ${length}.`;
}

function predicting({ predict }: Config): string {
  return predict
    ? 'Before the vote each living player is asked for the roles of the other living players; the answers are secret.'
    : '';
}

function voting({ vote }: Config): string {
  const how =
    vote.mode === 'simultaneous'
      ? 'Then all living players vote at once'
      : 'Then the living players vote one after the other, in the order of their numbers and seen by everybody';
  const whom = vote.abstain
    ? 'each for another living player or for nobody (abstain)'
    : 'each for another living player';
  return `${how}, ${whom}; everybody is told who voted for whom.`;
}

function counting({ vote }: Config): string {
  const abstained = vote.abstain
    ? ' Abstentions do not count as votes for anybody; if all abstain, nobody is out.'
    : '';
  const need =
    vote.majority === 'strict'
      ? 'A player with the votes of more than half of all living players is out; if there is none, nobody is.'
      : 'The player with most votes is out.';
  return `${need}${abstained}`;
}

function tie({ vote }: Config): string {
  if (vote.majority === 'strict') return '';
  return vote.tie === 'random'
    ? 'In a tie one of the tied players, drawn at random, is out.'
    : 'In a tie nobody is out.';
}

function departing({ reveal }: Config): string {
  if (reveal.day === 'none') return 'The role of a player voted out is not shown.';
  return reveal.day === 'team'
    ? 'It is shown whether a player voted out was a werewolf.'
    : 'The role of a player voted out is shown.';
}

const POINTS: { readonly [part in keyof Config['weights']]: (points: number) => string } = {
  win: (points) => `${points} if your team wins and ${-points} if it loses`,
  survive: (points) => `${points} for each completed round that you survive`,
  vote: (points) =>
    `in the village, ${points} for each of your votes for a werewolf and ${-points} for each against one of the village`,
  votedOut: (points) => `${-points} if you are voted out`,
  elimination: (points) =>
    `${points} for each opponent and ${-points} for each team mate voted out while you are alive`,
};

/** What the return is made of; parts that weigh nothing are left out. */
function scoring({ weights }: Config): string {
  const parts = Object.keys(POINTS) as (keyof Config['weights'])[];
  const counted = parts.filter((part) => weights[part] !== 0).map((part) => POINTS[part](weights[part]));
  return counted.length === 0 ? 'No points are given.' : `Your points: ${counted.join('; ')}.`;
}
