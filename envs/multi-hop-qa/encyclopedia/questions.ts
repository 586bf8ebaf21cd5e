import type { Rng } from '../../../src/core/rng.js';
import type { MultiHopTask } from '../task.js';
import { opening, PROPERTIES, RELATIONS } from './relations.js';
import type { AnyThing, City, Person, River, University, World } from './things.js';

/** A question, its answer, and the articles it takes, in order. */
export type Asked = Pick<MultiHopTask, 'kind' | 'question' | 'answer' | 'supports'>;

/** A thing described by the way that leads to it. `path` begins with the thing the question names. */
interface Described {
  readonly words: string;
  readonly path: readonly AnyThing[];
}

/** A question on a world that no single article answers, and whose words do not hold the answer. */
export function questionOn(world: World, rng: Rng): Asked {
  for (;;) {
    const asked = rng.weighted(KINDS)(world, rng);
    if (asked !== null) return asked;
  }
}

type Maker = (world: World, rng: Rng) => Asked | null;

const KINDS: readonly (readonly [Maker, number])[] = [
  [(world, rng) => bridge(world, rng, 2), 0.25],
  [(world, rng) => bridge(world, rng, 3), 0.25],
  [(world, rng) => bridge(world, rng, 4), 0.15],
  [comparison, 0.2],
  [yesOrNo, 0.15],
];

/** Walks from something named over so many articles; the last of them tells the answer. Null where that came to nothing. */
function bridge(world: World, rng: Rng, hops: number): Asked | null {
  const described = walk(start(world, rng), hops - 1, rng);
  const last = described?.path.at(-1);
  if (described === null || last === undefined) return null;
  const ends = [
    ...PROPERTIES.filter(({ from }) => from === last.type).map(({ question, value }) => ({
      question,
      answer: value(last),
    })),
    ...RELATIONS.filter(({ from }) => from === last.type).flatMap(({ question, to }) => {
      const answer = to(last)?.name;
      return answer === undefined ? [] : [{ question, answer }];
    }),
  ];
  if (ends.length === 0) return null;
  const { question, answer } = rng.pick(ends);
  const asked = question(described.words);
  const isTold = described.path.some(({ name }) => name === answer) || asked.includes(answer);
  return isTold ? null : { kind: `bridge ${hops}`, question: asked, answer, supports: titles(described) };
}

/** Which of two described things is first, oldest or longest. */
function comparison(world: World, rng: Rng): Asked | null {
  const [what, hops, asks] = rng.pick(COMPARISONS);
  const pair = twoOf(world, rng, what, hops);
  if (pair === null) return null;
  const [a, b] = pair;
  const [x, y] = [end(a), end(b)];
  const [m, n] = [measure(x), measure(y)];
  if (m === n || x.name === y.name) return null;
  const question = asks(a.words, b.words);
  const answer = m < n ? x.name : y.name;
  return question.includes(answer)
    ? null
    : { kind: 'comparison', question, answer, supports: [...titles(a), ...titles(b)] };
}

type Pairing = readonly [what: AnyThing['type'], hops: number, asks: (a: string, b: string) => string];

const COMPARISONS: readonly Pairing[] = [
  ['person', 1, (a, b) => `Who was born first, ${a} or ${b}?`],
  ['university', 2, (a, b) => `Which was founded first, ${a} or ${b}?`],
  ['river', 2, (a, b) => `Which is longer, ${a} or ${b}?`],
];

/** The smaller comes first: years, and lengths turned round. */
function measure(thing: AnyThing): number {
  if (thing.type === 'river') return -(thing as River).km;
  return thing.type === 'person' ? (thing as Person).born : (thing as University).founded;
}

/** Whether two described things have something in common; as often yes as no. */
function yesOrNo(world: World, rng: Rng): Asked | null {
  const isYes = rng.below(2) === 0;
  const [what, hops, asks, of] = rng.pick(SHARED);
  for (let tries = 0; tries < 40; tries++) {
    const pair = twoOf(world, rng, what, hops);
    if (pair === null || same(of(end(pair[0])), of(end(pair[1]))) !== isYes) continue;
    const [a, b] = pair;
    const question = asks(a.words, b.words);
    return { kind: 'yes or no', question, answer: isYes ? 'yes' : 'no', supports: [...titles(a), ...titles(b)] };
  }
  return null;
}

/** Null where one of the two is not known. */
function same(a: AnyThing | undefined, b: AnyThing | undefined): boolean | null {
  return a === undefined || b === undefined ? null : a === b;
}

const SHARED: readonly (readonly [...Pairing, of: (thing: AnyThing) => AnyThing | undefined])[] = [
  ['person', 1, (a, b) => `Were ${a} and ${b} born in the same city?`, (thing) => (thing as Person).birthplace],
  ['person', 1, (a, b) => `Did ${a} and ${b} study at the same university?`, (thing) => (thing as Person).university],
  ['city', 1, (a, b) => `Are ${a} and ${b} in the same region?`, (thing) => (thing as City).region],
  ['city', 2, (a, b) => `Do ${a} and ${b} lie on the same river?`, (thing) => (thing as City).river],
];

/** Two ways of a length to different things of a type, from different beginnings. */
function twoOf(world: World, rng: Rng, what: AnyThing['type'], hops: number): [Described, Described] | null {
  const a = wayTo(world, rng, what, hops);
  const b = wayTo(world, rng, what, hops);
  if (a === null || b === null || a.path[0] === b.path[0] || end(a) === end(b)) return null;
  return [a, b];
}

function wayTo(world: World, rng: Rng, what: AnyThing['type'], hops: number): Described | null {
  for (let tries = 0; tries < 200; tries++) {
    const way = walk(start(world, rng), hops, rng);
    if (way !== null && end(way).type === what) return way;
  }
  return null;
}

/** From the start over so many relations, never back to where it was. */
function walk(from: Described, hops: number, rng: Rng): Described | null {
  let { words, path } = from;
  for (let hop = 0; hop < hops; hop++) {
    const here = path.at(-1) as AnyThing;
    const open = RELATIONS.flatMap((relation) => {
      const next = relation.from === here.type ? relation.to(here) : undefined;
      return next === undefined || path.includes(next) ? [] : [{ relation, next }];
    });
    if (open.length === 0) return null;
    const { relation, next } = rng.pick(open);
    words = relation.phrase(words);
    path = [...path, next];
  }
  return { words, path };
}

function start({ novels, films, companies, universities }: World, rng: Rng): Described {
  const thing = rng.pick([...novels, ...films, ...companies, ...universities]);
  return { words: opening(thing), path: [thing] };
}

function end({ path }: Described): AnyThing {
  return path.at(-1) as AnyThing;
}

function titles({ path }: Described): string[] {
  return path.map(({ title }) => title);
}
