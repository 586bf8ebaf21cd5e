import { stream } from '../../../src/core/rng.js';
import type { Article, MultiHopTask } from '../task.js';
import { articlesOf } from './articles.js';
import { type Asked, questionOn } from './questions.js';
import { worldOf } from './world.js';

/** The question of an id, with its encyclopedia; the same on every machine, for it is drawn from the id's stream. */
export function generated(id: string, split: string): MultiHopTask {
  const rng = stream('multi-hop-qa', id);
  const world = worldOf(rng);
  const articles = articlesOf(world, rng);
  for (;;) {
    const asked = questionOn(world, rng);
    if (!isGivenAway(asked, articles)) return { id, split, ...asked, articles };
  }
}

/** A sentence said in passing may hold the answer by accident; the first article alone would then give it away. */
function isGivenAway({ kind, answer, supports }: Asked, articles: readonly Article[]): boolean {
  const first = articles.find(({ title }) => title === supports[0]);
  return kind !== 'yes or no' && first?.sentences.some((sentence) => sentence.includes(answer)) === true;
}
