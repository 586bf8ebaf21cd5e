import type { Script, Scripted } from '../../../src/core/environment.js';
import type { Json } from '../../../src/core/json.js';
import type { Rng } from '../../../src/core/rng.js';
import type { TaskView } from '../../../src/core/task/contract.js';
import { BUILD } from './plans/build.js';
import { CLONE } from './plans/clone.js';
import { type Asked, askedIn, type Call, call, type Plan } from './plans/plan.js';
import { READ } from './plans/read.js';
import { UNSURE } from './words.js';

const PLANS: readonly ((asked: Asked) => Plan)[] = [...READ, ...CLONE, ...BUILD];

/** What a plan does next, told all that was answered so far; null where it is not a plan for this. */
function next(plan: Plan, texts: readonly string[]): Call | null {
  try {
    let { value } = plan.next();
    for (const text of texts) ({ value } = plan.next(text));
    return value ?? null;
  } catch {
    return null;
  }
}

/** Solves each kind by a plan of its own, found by the words of the question; else guesses. */
function bench({ question, steps, stepsLeft }: TaskView, rng: Rng): Call {
  const asked = askedIn(question ?? '');
  const texts = steps.flatMap((results) => results.map(({ text }) => text));
  const calls = PLANS.map((plan) => next(plan(asked), texts));
  const found = calls.find((one) => one !== null);
  return stepsLeft > 1 && found !== undefined && found !== null ? found : guess(question ?? '', rng);
}

/** An option drawn at random, or the first molecule of the store. */
function guess(question: string, rng: Rng): Call {
  const { options } = askedIn(question);
  return options.length > 0 ? call('submit_answer', { answer: rng.pick(options).label }) : giveUp(question);
}

/** Reads options and no molecule: the middle one of numbers, else the first that is a choice at all. */
function skim(question: string): Call {
  const options = askedIn(question).options.filter(({ text }) => text !== UNSURE);
  const numbers = options.filter(({ text }) => /^\d+$/.test(text)).sort((a, b) => Number(a.text) - Number(b.text));
  const choice = numbers[1] ?? options[0];
  return choice === undefined ? giveUp(question) : call('submit_answer', { answer: choice.label });
}

function giveUp(question: string): Call {
  const [first = ''] = question.match(/seq-[0-9a-f]{4}/g) ?? [];
  if (question.includes('submit_final_plasmid')) return call('submit_final_plasmid', { final: first });
  return question.includes('submit_final_sequences')
    ? call('submit_final_sequences', { final: [first] })
    : call('finish', {});
}

const STYLES: { readonly [style: string]: (view: TaskView, rng: Rng) => Call } = {
  oracle: bench,
  guesser: ({ question }, rng) => guess(question ?? '', rng),
  skimmer: ({ question }) => skim(question ?? ''),
};

/** The environment's own players; each makes one call a step. */
export const scripted: Scripted<unknown> = {
  styles: {
    oracle: 'knows the kinds of tasks by their words and works each out with the tools; guesses at others',
    guesser: 'picks an option at random and hands in the first molecule',
    skimmer: 'reads the options and no molecule: the second lowest number, or the first option',
  },
  seat: ({ style }): Script => {
    const play = STYLES[style] as (typeof STYLES)[string];
    return ({ view, rng }) => {
      const seen = view as TaskView;
      const { name, args } = play(seen, rng);
      return { move: [{ id: `call_${seen.steps.length}`, name, args: args as Json }] };
    };
  },
};
