import { ROLES, type Role } from '../config.js';
import type { ActKind, Finding, Why } from './acts.js';
import { type Template, templates } from './template.js';

/**
 * The one table of clauses that both the writer and the reader of speeches use. A clause holds no comma, colon,
 * semicolon, full stop, question or exclamation mark: those part clauses.
 */

type PlainKind = Exclude<ActKind, 'claim' | 'check' | 'counter'>;

const ROLE_WORDS: { readonly [role in Role]: readonly string[] } = {
  werewolf: ['a werewolf', 'one of the werewolves'],
  seer: ['the seer', 'the village seer'],
  doctor: ['the doctor', 'the village doctor'],
  villager: ['a plain villager', 'an ordinary villager'],
  hunter: ['the hunter', 'the village hunter'],
  witch: ['the witch', 'the village witch'],
  bodyguard: ['the bodyguard', 'the village bodyguard'],
};

const FINDING_WORDS: { readonly [finding in Finding]: readonly string[] } = {
  wolf: ['a werewolf'],
  village: ['not a werewolf', 'no werewolf'],
  seer: ['the seer'],
  doctor: ['the doctor'],
  villager: ['a plain villager'],
  hunter: ['the hunter'],
  witch: ['the witch'],
  bodyguard: ['the bodyguard'],
};

export const FINDINGS = Object.keys(FINDING_WORDS) as readonly Finding[];

const CLAIM = [
  'I am {role}',
  'you should know that I am {role}',
  'the truth is that I am {role}',
  'it is time to tell you that I am {role}',
  'I can say openly that I am {role}',
  'I was dealt the part of {role}',
  'I have to come out as {role}',
];

const CHECK_FRESH = [
  'last night I checked {who} and they are {finding}',
  'last night I looked at {who} and saw that they are {finding}',
  'my check last night shows that {who} is {finding}',
  'what I saw last night is that {who} is {finding}',
  'I spent last night on {who} and they are {finding}',
];

const CHECK_OLD = [
  'I checked {who} some time ago and they are {finding}',
  'an earlier check of mine shows that {who} is {finding}',
  'I also know from before that {who} is {finding}',
  'from an earlier night I can add that {who} is {finding}',
];

const COUNTER = [
  'I am the real {role} and {who} is lying',
  'the {role} is me and not {who}',
  '{who} cannot be the {role} because that is me',
  '{who} has stolen my role for I am the {role}',
  'there is one {role} here and it is me and not {who}',
];

const PLAIN: { readonly [kind in PlainKind]: readonly string[] } = {
  save: [
    'I protected {who} last night',
    'it was {who} whom I kept safe last night',
    'last night I stood guard over {who}',
    '{who} was under my protection last night',
  ],
  accuse: [
    'I think {who} is a werewolf',
    'my suspicion falls on {who}',
    '{who} looks like a werewolf to me',
    'I do not trust {who}',
    '{who} worries me most',
    'my vote goes to {who}',
    'we should look hard at {who}',
    '{who} is not playing for the village',
    'something is wrong with {who}',
    'I keep coming back to {who}',
    '{who} is my first suspect',
    'I believe that {who} hunts by night',
    'if I had to name one werewolf it would be {who}',
    'I have a bad feeling about {who}',
    '{who} smells of wolf',
  ],
  defend: [
    'I trust {who}',
    '{who} seems honest to me',
    'I do not believe that {who} is a werewolf',
    'going after {who} is a mistake',
    'I would keep {who} with us',
    'a vote against {who} is a vote wasted',
    'I see no wolf in {who}',
    'I would put my hand in the fire for {who}',
  ],
  agree: [
    'I agree with {who}',
    '{who} is right',
    'I am with {who} on this',
    '{who} makes a good point',
    'what {who} says makes sense to me',
    'I follow {who} here',
  ],
  doubt: [
    'I am not sure that I believe {who}',
    '{who} has given us no proof',
    'I doubt the word of {who}',
    'the story of {who} does not convince me',
    '{who} may be telling us a tale',
    'I take what {who} says with a grain of salt',
  ],
  ask: [
    'what does {who} make of all this?',
    'whom does {who} suspect?',
    'can {who} tell us where they stand?',
    'I want to hear more from {who}',
    'why is {who} so careful with words?',
    '{who} owes us an answer',
  ],
  call: [
    'let us all vote for {who}',
    'vote for {who} with me',
    'we must put our votes together on {who}',
    '{who} should go today',
    'everybody should vote for {who}',
    'today it has to be {who}',
    'split votes only help the werewolves so let it be {who}',
  ],
  deny: [
    'I am not a werewolf',
    'I am on the side of the village',
    'you are wrong about me',
    'a vote for me only helps the werewolves',
    'you would lose a friend of the village in me',
    'I have nothing to hide',
  ],
  pass: [
    'I have little to go on',
    'I will listen for now',
    'there is nothing to add from me',
    'I have nothing to say yet',
    'I would hear the others first',
    'I know no more than you do',
    'I keep my thoughts to myself today',
  ],
};

/** Reasons speak of the accused (or defended) player as "they", who has just been named. */
const REASONS: { readonly [why in Why]: readonly string[] } = {
  voted: [
    'they voted for {whom}',
    'they helped to vote against {whom}',
    'their vote against {whom} was a vote for the wolves',
  ],
  votedMe: ['they voted for me', 'they wanted me out', 'they spent a vote on me'],
  pushed: ['they pushed us towards {whom}', 'they accused {whom}', 'they spoke against {whom} without cause'],
  pushedMe: [
    'they accuse me for no good reason',
    'they are in a hurry to get rid of me',
    'they point at me to hide themselves',
  ],
  turned: ['their story has changed', 'they claimed one thing and then another', 'they contradict themselves'],
  rival: [
    '{whom} claims the same role',
    'their claim clashes with that of {whom}',
    'they and {whom} cannot both be telling the truth',
  ],
  checked: ['{whom} has checked them', 'the check of {whom} points at them', '{whom} saw what they are'],
  defended: ['they defended {whom}', 'they stood up for {whom}', 'they are too kind to {whom}'],
  outlived: [
    '{whom} accused them and died',
    '{whom} spoke against them and is dead now',
    'they have outlived {whom} who suspected them',
  ],
  quiet: ['they hardly say anything', 'they hide behind silence', 'they have told us nothing of use'],
  cleared: ['{whom} has checked them and found nothing', 'the check of {whom} clears them', '{whom} vouches for them'],
  helped: ['they voted against {whom}', 'they went after {whom} when it counted', 'their vote hit {whom}'],
  claimed: ['nobody has contradicted their claim', 'their claim stands', 'they told us their role openly'],
};

/** How a reason is tied to what it supports. */
export const LINKS: readonly string[] = [', because ', ', since ', ': ', '; ', ', as ', '; after all '];
const LINK_WORDS = ['', 'because ', 'since ', 'as ', 'after all '];

/** Words before and after that do nothing: how a speech begins, how it goes on, how a view or a claim ends. */
export const OPENERS: readonly string[] = [
  'Honestly',
  'Listen',
  'All right',
  'Friends',
  'Look',
  'As I see it',
  'For what it is worth',
  'To be frank',
  'If you ask me',
  'Let me be clear',
  'Well',
  'Hear me out',
];

export const FOLLOWERS: readonly string[] = [
  'One more thing',
  'Besides',
  'What is more',
  'On top of that',
  'And to be plain',
  'Also',
  'While I am at it',
  'Let me add this',
];

export const VIEW_CLOSERS: readonly string[] = [
  ', and I stand by that',
  ', mark my words',
  '; that is how I see it',
  ', but I can be convinced otherwise',
  ', and nobody has shown me otherwise',
  '; think about it',
  ', and I say so openly',
  ', at least for today',
  ', and I have thought about it',
];

export const CLAIM_CLOSERS: readonly string[] = [
  ', and you can hold me to it',
  '; believe me or not',
  ', and I will not take it back',
  '; make of that what you will',
  ', and I swear to it',
];

/** Clauses of each plain kind. A question mark at the end is kept for the writer. */
export const SAYINGS = mapped(PLAIN, (patterns) => templates(patterns));
export const WHYS = mapped(REASONS, (patterns) => templates(patterns));
export const CLAIMS = byRole((role) => templates(expand(CLAIM, '{role}', ROLE_WORDS[role])));
export const COUNTERS = byRole((role) => templates(expand(COUNTER, '{role}', [role])));
export const FRESH_CHECKS = mapped(FINDING_WORDS, (words) => templates(expand(CHECK_FRESH, '{finding}', words)));
export const OLD_CHECKS = mapped(FINDING_WORDS, (words) => templates(expand(CHECK_OLD, '{finding}', words)));

/** Reasons with every word that may tie them, as the reader meets them. */
export function linked(why: Why): readonly Template[] {
  return LINK_WORDS.flatMap((word) => templates(REASONS[why].map((pattern) => word + pattern)));
}

function expand(patterns: readonly string[], gap: string, words: readonly string[]): string[] {
  return patterns.flatMap((pattern) => words.map((word) => pattern.replace(gap, word)));
}

function byRole(make: (role: Role) => readonly Template[]): { readonly [role in Role]: readonly Template[] } {
  return Object.fromEntries(ROLES.map((role) => [role, make(role)])) as { [role in Role]: readonly Template[] };
}

function mapped<K extends string>(
  table: { readonly [key in K]: readonly string[] },
  make: (patterns: readonly string[]) => readonly Template[],
): { readonly [key in K]: readonly Template[] } {
  const entries = (Object.entries(table) as [K, readonly string[]][]).map(([key, value]) => [key, make(value)]);
  return Object.fromEntries(entries) as { [key in K]: readonly Template[] };
}
