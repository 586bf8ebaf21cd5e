import type { Script, Scripted } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { ToolCall } from '../../src/core/space.js';
import type { TaskView } from '../../src/core/task/contract.js';
import type { Config } from './config.js';
import { believed, readEvidence, readOptions, readQuestion, settled } from './reader.js';

type Calls = readonly (readonly [name: string, args: JsonObject])[];
type Player = (view: TaskView, rng: Rng) => Calls;

const UNSURE: Calls = [['complete', { has_successful_answer: false }]];

/** Looks for both findings one after the other, with the notices on them. `judge` makes of the papers what it believes. */
function joining(judge: typeof settled): Player {
  return ({ question, steps }) => {
    const asked = readQuestion(question ?? '');
    if (asked === null) return UNSURE;
    if (steps.length === 0) return investigate(asked.subject, asked.species);
    const gathered = (at: number) =>
      readEvidence((steps[at] ?? []).filter(({ name }) => name === 'gather_evidence').map(({ text }) => text));
    const bridge = judge(gathered(0), asked.subject, 'first', asked);
    if (bridge === null) return UNSURE;
    if (steps.length === 1) return [['reset', {}], ...investigate(bridge, asked.species)];
    return handedIn(judge(gathered(1), bridge, 'second', asked), question ?? '');
  };
}

function investigate(thing: string, species: string): Calls {
  return [
    ['paper_search', { query: `${thing} ${species}` }],
    ['paper_search', { query: `Erratum ${thing} ${species} address labels exchanged` }],
    ['paper_search', { query: `Retraction ${thing} ${species} withdrawn` }],
    ['gather_evidence', { question: thing }],
    ['gather_evidence', { question: `${thing} each group held animals or cultures of the strain` }],
    ['gather_evidence', { question: `${thing} effect clear, held in every repeat, not significant` }],
  ];
}

function handedIn(answer: string | null, question: string): Calls {
  const found = Object.entries(readOptions(question)).find(
    ([, words]) => words.toLowerCase() === answer?.toLowerCase(),
  );
  return found === undefined ? UNSURE : [['complete', { has_successful_answer: true, answer: found[0] }]];
}

/** Reads the paper that the question's own words find first, and takes the option that it names. */
function keyword({ question, steps }: TaskView, rng: Rng): Calls {
  const text = question ?? '';
  const asked = text.split('\n')[0] ?? '';
  if (steps.length === 0) return [['paper_search', { query: asked.slice(0, 500) }]];
  if (steps.length === 1) return [['gather_evidence', { question: text.slice(0, 500) }]];
  const first = /^\[(\S+)\]/m.exec(steps[0]?.[0]?.text ?? '')?.[1];
  const read = (steps[1]?.[0]?.text ?? '').split(/\n(?=\[)/).find((block) => block.startsWith(`[${first}]`)) ?? '';
  return chosen(text, (words) => (read.includes(words) ? 1 : 0), rng);
}

/** Gathers all it finds by the question's words, and takes the option that is named most often. */
function tally({ question, steps }: TaskView, rng: Rng): Calls {
  const text = question ?? '';
  const asked = (text.split('\n')[0] ?? '').slice(0, 500);
  if (steps.length === 0)
    return [
      ['paper_search', { query: asked }],
      ['gather_evidence', { question: asked }],
    ];
  if (steps.length === 1)
    return Object.values(readOptions(text)).map((words) => ['gather_evidence', { question: words.slice(0, 500) }]);
  const lines = steps.flat().flatMap((result) => result.text.split('\n'));
  const read = [...new Set(lines.filter((line) => line.startsWith('- ')))];
  return chosen(text, (words) => read.filter((line) => line.includes(words)).length, rng);
}

/** Hands in the option that scores most, drawn among equals; the last resort is never the unsure one. */
function chosen(question: string, score: (words: string) => number, rng: Rng): Calls {
  const options = Object.entries(readOptions(question)).filter(([, words]) => !words.startsWith('Insufficient'));
  const scores = options.map(([, words]) => score(words));
  const best = options.filter((_, at) => scores[at] === Math.max(...scores));
  return [['complete', { has_successful_answer: true, answer: rng.pick(best)[0] }]];
}

const PLAYERS: { readonly [style: string]: Player } = {
  oracle: joining(settled),
  credulous: joining(believed),
  keyword,
  tally,
};

export const scripted: Scripted<Config> = {
  styles: {
    oracle: 'joins the two findings of an embedded question and weighs what misleads; unsure of others',
    credulous: 'joins two findings and believes the first it meets',
    keyword: 'takes the option named in the one paper that its words find first',
    tally: 'takes the option named most often in what its words find',
  },
  seat: ({ style }): Script => {
    const play = PLAYERS[style] as Player;
    return ({ view, rng }) => ({ move: play(view as TaskView, rng).map(called) });
  },
};

function called([name, args]: Calls[number], at: number): ToolCall {
  return { id: `call_${at}`, name, args };
}
