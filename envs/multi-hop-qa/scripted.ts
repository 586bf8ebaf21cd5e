import type { Script, Scripted } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { ToolCall } from '../../src/core/space.js';
import type { TaskView } from '../../src/core/task/contract.js';
import type { Config } from './config.js';
import { type Chain, type Place, planFor } from './reader.js';

type Calls = readonly (readonly [name: string, args: JsonObject])[];
type Player = (view: TaskView, rng: Rng) => Calls;

const submit = (answer: string): Calls => [['submit_answer', { answer }]];

/** Opens one article a step, along the chains of the question. */
function oracle({ question, steps }: TaskView): Calls {
  const plan = planFor(question ?? '');
  if (plan === null) return submit('unknown');
  const texts = steps.map((results) => results.map(({ text }) => text).join('\n'));
  const ends: Place[] = [];
  const before: Place[] = [];
  for (const chain of plan.chains) {
    const places = followed(chain, texts.splice(0, chain.wants.length));
    if (places === null) return submit('unknown');
    if (places.length <= chain.wants.length) return open(chain, places);
    ends.push(places.at(-1) as Place);
    before.push(places.at(-2) as Place);
  }
  return submit(plan.answer(ends, before));
}

/** The places of a chain that are known from what was read, its beginning first; null where a text tells nothing. */
function followed({ from, wants }: Chain, texts: readonly string[]): Place[] | null {
  const places = [from];
  for (const [at, text] of texts.entries()) {
    const next = wants[at]?.read(text) ?? null;
    if (next === null) return null;
    places.push(next);
  }
  return places;
}

function open({ wants }: Chain, places: readonly Place[]): Calls {
  const { name, title } = places.at(-1) as Place;
  const names = name === title ? [name] : [name, title];
  return [
    ...names.map((entity) => ['search', { entity }] as const),
    ...(wants[places.length - 1]?.keywords ?? []).map((keyword) => ['lookup', { keyword }] as const),
  ];
}

/** Opens the article that the question names and hands in a name or a year of it. */
function keyword({ question, steps }: TaskView, rng: Rng): Calls {
  const asked = question ?? '';
  if (/^(?:Were|Did|Are|Do) /.test(asked)) return submit(rng.pick(['yes', 'no']));
  const [, type, work] = /the (novel|film) "(.+?)"/.exec(asked) ?? [];
  const entity =
    work === undefined ? (/\p{Lu}\p{L}+ (?:University|Works)/u.exec(asked)?.[0] ?? asked) : `${work} (${type})`;
  if (steps.length === 0) {
    const words = ['was', ' in ', ' by ', 'out'].map((word) => ['lookup', { keyword: word }] as const);
    return [['search', { entity: entity.slice(0, 300) }], ...words];
  }
  const text = steps
    .flat()
    .map((result) => result.text.replace(/^\(Result .*?\) /, ''))
    .join('\n');
  const pattern = /^In which year/.test(asked) ? /\b1\d{3}\b/g : /(?<=\S )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*/gu;
  const found = [...new Set(text.match(pattern) ?? [])].filter((name) => !entity.includes(name));
  return submit(found.length === 0 ? 'unknown' : rng.pick(found));
}

const PLAYERS: { readonly [style: string]: Player } = { oracle, keyword };

export const scripted: Scripted<Config> = {
  styles: {
    oracle: 'follows the words of embedded questions from article to article; hands in "unknown" for others',
    keyword: 'hands in a name or a year of the one article that the question names',
  },
  seat: ({ style }): Script => {
    const play = PLAYERS[style] as Player;
    return ({ view, rng }) => ({ move: play(view as TaskView, rng).map(called) });
  },
};

function called([name, args]: Calls[number], at: number): ToolCall {
  return { id: `call_${at}`, name, args };
}
