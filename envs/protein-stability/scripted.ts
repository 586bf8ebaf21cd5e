import type { Script, Scripted, ScriptTurn } from '../../src/core/environment.js';
import type { TaskView } from '../../src/core/task/contract.js';
import { advice } from './advice.js';
import type { Config } from './config.js';
import { written } from './mutations.js';
import { bestSet } from './oracle.js';
import { proteinOf } from './protein.js';
import { chainsIn, readAnswers } from './reader.js';
import { FEWEST, MOST } from './search.js';
import { tasks } from './tasks.js';

type Call = {
  readonly name: string;
  readonly args: { readonly [name: string]: string | readonly number[] | readonly string[] };
};

/** The mutations a player hands in; null while it asks tools first. */
type Player = (view: TaskView, config: Config) => readonly string[] | readonly Call[];

function oracle({ task }: TaskView, { given, split }: Config): string[] {
  const id = task as string;
  const protein = proteinOf(given ?? tasks.at(split, Number(id.slice(split.length + 1))));
  return bestSet(protein.fold).map(written);
}

/** Positions told of in one call. */
const LISTED = 40;

function withTools(view: TaskView): readonly string[] | readonly Call[] {
  if (view.steps.length === 0 && view.stepsLeft > 1) return questions(view.question ?? '');
  const ideas = advice(readAnswers(view)).slice(0, MOST).map(written);
  return ideas.length >= FEWEST ? ideas : [...ideas, ...fillers(view, ideas.length)];
}

function questions(question: string): Call[] {
  const length = chainsIn(question).reduce((sum, { sequence }) => sum + sequence.length, 0);
  const starts = Array.from({ length: Math.ceil(length / LISTED) }, (_, at) => at * LISTED);
  const positions = starts.map((start) =>
    Array.from({ length: Math.min(LISTED, length - start) }, (_, at) => start + at),
  );
  return [
    { name: 'get_secondary_structure', args: {} },
    { name: 'find_conserved_residues_precomputed', args: {} },
    ...positions.map((residues): Call => ({ name: 'get_residue_at_position', args: { residues } })),
  ];
}

/** NOTE: three must be handed in even where two are thought well of; alanine does the least harm. */
function fillers({ question }: TaskView, count: number): string[] {
  const sequence = chainsIn(question ?? '')
    .map((chain) => chain.sequence)
    .join('');
  const free = [...sequence].flatMap((amino, at) => (amino === 'A' ? [] : [`${at}A`]));
  return free.slice(0, FEWEST - count);
}

function leucine({ question }: TaskView): string[] {
  const sequence = chainsIn(question ?? '')
    .map((chain) => chain.sequence)
    .join('');
  return [...sequence].flatMap((amino, at) => (amino === 'L' ? [] : [`${at}L`])).slice(0, MOST);
}

const PLAYERS: { readonly [style: string]: Player } = { oracle, tools: withTools, leucine };

function script(player: Player, config: Config): Script {
  return ({ view }: ScriptTurn) => {
    const played = player(view as unknown as TaskView, config);
    const calls = played.map((one) => (typeof one === 'string' ? null : one)).filter((one) => one !== null);
    const mutations = played.filter((one) => typeof one === 'string');
    const chosen: readonly Call[] = calls.length > 0 ? calls : [{ name: 'complete', args: { mutations } }];
    return { move: chosen.map(({ name, args }, at) => ({ id: `call_${at}`, name, args })) };
  };
}

export const scripted: Scripted<Config> = {
  styles: {
    oracle: 'knows the score and searches for the set of mutations with the best one',
    tools: 'reads the answers of three tools and mends what they show by rules of thumb',
    leucine: 'puts leucine into the first seven places that have none',
  },
  seat: ({ style, config }) => script(PLAYERS[style] as Player, config),
};
