import type { Rng } from '../../src/core/rng.js';
import type { Act, Amounts, View } from './types.js';
import { amountsOf, restOf } from './values.js';

/** Sentences of one manner. `{mine}` is what the speaker would take, `{yours}` the rest, `{best}` what it likes most. */
interface Manner {
  readonly opening: readonly string[];
  readonly answer: readonly string[];
  readonly offer: readonly string[];
  readonly accept: readonly string[];
  readonly leave: readonly string[];
}

const PLAIN = {
  accept: ['That works for me.', 'Fine, we have a deal.', 'Good, I can live with that.', 'Agreed, let us stop here.'],
  leave: ['I do better without a deal.', 'This leads nowhere, I am off.', 'No deal is better than this one.'],
};

/** How each style speaks. What is said of an offer is the offer that follows. */
export const MANNERS: { readonly [style: string]: Manner } = {
  fair: {
    opening: [
      'Hello! Let us find something good for both.',
      'Hi, I am sure we can split this well.',
      'Nice to meet you.',
    ],
    answer: [
      'I see your point.',
      'Thanks, that is close.',
      'I would like to meet you halfway.',
      'Let me suggest something else.',
    ],
    offer: [
      'I care most about the {best}; how about I take {mine} and you get {yours}?',
      'My side would be {mine}, yours {yours}.',
      'If I get {mine}, you can have {yours}. Does that suit you?',
      'The {best} matter to me, the rest less so: {yours} for you.',
      'What do you like best? I would be happy with {mine}.',
    ],
    ...PLAIN,
  },
  greedy: {
    opening: ['Let us be quick.', 'I know what I want.', 'You will not get a better start than this.'],
    answer: ['That is far too little.', 'No, think again.', 'You ask too much.', 'I can wait, can you?'],
    offer: [
      'I need {mine}, nothing less.',
      'Without the {best} I see no deal: {mine} for me.',
      '{yours} is what I can spare.',
      'I take {mine}. Everything else is hardly of use to me.',
      'My last word for now: {mine} for me, {yours} for you.',
    ],
    accept: ['All right, before it gets worse.', 'Very well, done.', ...PLAIN.accept.slice(1, 2)],
    leave: ['Then there is nothing to talk about.', ...PLAIN.leave],
  },
  yielding: {
    opening: ['Hello, I am easy to please.', 'Hi! I do not want to argue.', 'I am glad to share.'],
    answer: [
      'You are right, that was too much of me.',
      'I will come towards you.',
      'Sorry, let me try again.',
      'All right, a bit less for me.',
    ],
    offer: [
      'Would {mine} be all right for me? You get {yours}.',
      'I only really want the {best}. Please have {yours}.',
      '{yours} for you, if you like, and I keep {mine}.',
      'I could do with {mine}. Is that fair?',
      'Take {yours}, I am fine with {mine}.',
    ],
    accept: ['Yes, gladly.', 'Thank you, I accept.', ...PLAIN.accept],
    leave: PLAIN.leave,
  },
};

/** What a seat says before it acts, no longer than allowed. */
export function speech(manner: Manner, view: View, values: Amounts, act: Act, rng: Rng, maxChars: number): string {
  if (act.act === 'accept') return clipped([rng.pick(manner.accept)], maxChars);
  if (act.act === 'walk away') return clipped([rng.pick(manner.leave)], maxChars);
  const first = rng.pick(view.deeds.length < 2 ? manner.opening : manner.answer);
  const take = amountsOf(view.items, act.take);
  const best = Object.keys(view.items)[values.indexOf(Math.max(...values))] as string;
  const offer = rng
    .pick(manner.offer)
    .replaceAll('{mine}', inProse(view.items, take))
    .replaceAll('{yours}', inProse(view.items, restOf(view.items, take)))
    .replaceAll('{best}', best);
  return clipped(rng.below(4) === 0 ? [offer] : [first, offer], maxChars);
}

/** "2 of the books and all balls". */
function inProse(items: View['items'], amounts: Amounts): string {
  const parts = Object.entries(items).flatMap(([item, count], at) => {
    const amount = amounts[at] as number;
    if (amount === 0) return [];
    return [amount === count ? `all ${item}` : `${amount} of the ${item}`];
  });
  const last = parts.pop();
  if (last === undefined) return 'nothing';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

/** As many whole sentences as fit; silence rather than half a sentence. */
function clipped(sentences: readonly string[], maxChars: number): string {
  let text = '';
  for (const sentence of sentences) {
    const longer = text === '' ? sentence : `${text} ${sentence}`;
    if (longer.length <= maxChars) text = longer;
  }
  return text === '' ? '' : text[0]?.toUpperCase() + text.slice(1);
}
