import { UserError } from '../../../src/core/errors.js';
import type { Json } from '../../../src/core/json.js';
import { type ActionSpace, type ChoiceSpace, choice } from '../../../src/core/space.js';
import { candidatesIn, candidatesWanted } from '../deduction/candidates.js';
import { beliefsIn, type Deduction, deductionWanted, linesOf, recordOf } from '../deduction/deduction.js';
import { type Choice, type Guidance, type StyleKind, type StyleTurn, together } from '../style.js';

const USUAL = 3;

/**
 * Deduces who can be trusted, with a reliability for each player, thinks of N strategically different candidates, and
 * chooses among them. Where the paper chooses by a learnt policy, the model chooses here.
 * SEE: Z. Xu et al., "Language Agents with Reinforcement Learning for Strategic Play in the Werewolf Game", 2023,
 * sections 4.1 and 4.2.
 */
const deduceAndDiversify: StyleKind = {
  id: 'deduce-and-diversify',
  title: 'deduces whom to trust, thinks of several different candidates, and chooses among them',
  last: true,
  usage: 'deduce-and-diversify or deduce-and-diversify:<candidates>, for example deduce-and-diversify:5',
  open(argument) {
    const count = argument === '' ? USUAL : Number(argument);
    if (!Number.isInteger(count) || count < 2 || count > 9)
      throw new UserError(`style deduce-and-diversify takes a number of candidates from 2 to 9, got "${argument}"`);
    return () => {
      let known: Deduction = { beliefs: [], lines: 0 };
      return async (turn, guidance) => {
        const deduced = await deduce(turn, known);
        const candidates = await diversify(turn, count, guidance);
        const chosen = await choose(turn, candidates, guidance);
        known = deduced;
        return chosen;
      };
    };
  },
};

export default deduceAndDiversify;

async function deduce(turn: StyleTurn, known: Deduction): Promise<Deduction> {
  const { place, request } = turn;
  if (place.environment.spec.facts(place.config).seats < 2) return known;
  const lines = linesOf(place.environment, request);
  if (lines.length === 0) return known;
  const { move } = await turn.ask({ ...deductionWanted(place), text: recordOf(lines, known) });
  return { beliefs: beliefsIn(move), lines: lines.length };
}

/** One call for a choice; elsewhere each candidate is asked for after those before it. */
async function diversify(turn: StyleTurn, count: number, { text }: Guidance): Promise<readonly Json[]> {
  const { space } = turn.request;
  if (space.kind === 'choice') {
    if (space.options.length <= count) return space.options.map(({ id }) => id);
    return candidatesIn((await turn.ask(candidatesWanted(space, count))).move);
  }
  const found: Json[] = [];
  for (let index = 0; index < count; index++) {
    const other = index === 0 ? '' : 'Give one more that is strategically different from all you have given so far.';
    const plan = `Candidate ${index + 1} of ${count} for your turn; you choose among them afterwards. ${other}`.trim();
    found.push((await turn.ask({ text: together(text, plan), space })).move);
  }
  return found;
}

async function choose(turn: StyleTurn, candidates: readonly Json[], { text, think }: Guidance): Promise<Choice> {
  const { space } = turn.request;
  const among = space.kind === 'choice' ? only(space, candidates) : numbered(candidates);
  const ask = together(text, 'Choose the candidate that serves you best.');
  const answer = await turn.ask({ text: ask, space: among, ...(think === undefined ? {} : { think }) });
  if (space.kind === 'choice') return { move: answer.move, answer: null, candidates };
  const at = among.options.findIndex(({ id }) => id === answer.move);
  return { move: candidates[at] as Json, answer: null, candidates };
}

function only(space: ActionSpace & { kind: 'choice' }, ids: readonly Json[]): ChoiceSpace {
  return { kind: 'choice', options: space.options.filter(({ id }) => ids.includes(id)) };
}

function numbered(candidates: readonly Json[]): ChoiceSpace {
  return choice(candidates.map((_, index) => `candidate ${index + 1}`));
}
