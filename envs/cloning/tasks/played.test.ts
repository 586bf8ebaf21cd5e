import { describe, expect, it } from 'vitest';
import { Episode } from '../../../src/core/episode.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { stream } from '../../../src/core/rng.js';
import environment from '../index.js';
import { KINDS, made } from './kinds.js';
import { scripted } from './scripted.js';
import { type CloningTask, cloningTask } from './task.js';

/** How an episode went: what the seat was told before each of its steps, and what it was paid. */
interface Played {
  readonly seen: readonly string[];
  readonly paid: number | undefined;
}

function play(task: CloningTask, style: string): Played {
  const config = environment.spec.config.parse({ given: task }) as JsonObject;
  const episode = new Episode(environment, config);
  episode.apply({ chance: task.id });
  const rng = stream('played', task.id);
  const script = scripted.seat({ config, seat: 0, style, rng });
  const seen: string[] = [];
  while (episode.turn.kind === 'act') {
    const view = environment.view(episode.state, 0);
    const { events } = episode.heard(0);
    seen.push(
      [JSON.stringify(view), ...events.map((event) => environment.say(event, 0)), environment.show?.(view) ?? ''].join(
        '\n',
      ),
    );
    const { move } = script({
      space: episode.turn.spaces[0] as NonNullable<(typeof episode.turn.spaces)[0]>,
      view,
      events,
      rng,
    });
    episode.apply({ seats: { 0: move as Json } });
  }
  return { seen, paid: episode.returns()[0] };
}

const EACH = 12;

describe.each(KINDS)('%s', (kind) => {
  const drawn = Array.from({ length: EACH }, (_, index) => made(kind, `played_${kind}_${index}`, 'test'));

  it('is solved by the plans that call tools', () => {
    for (const task of drawn) expect([task.id, play(task, 'oracle').paid]).toEqual([task.id, 1]);
  });

  it('tells nothing of what is right before it is over', () => {
    for (const task of drawn.slice(0, 3)) {
      const { gold } = task;
      const other =
        'option' in gold
          ? { option: (gold.option + 1) % 5 }
          : 'goal' in gold
            ? { goal: { ...gold.goal, parts: [], maxLength: 7 } }
            : { sequences: ['ACGT'] };
      expect(play(cloningTask.parse({ ...task, gold: other }), 'oracle').seen).toEqual(play(task, 'oracle').seen);
    }
  });
});

describe('players that look at nothing', () => {
  const questions = KINDS.flatMap((kind) =>
    Array.from({ length: 60 }, (_, index) => made(kind, `guessed_${kind}_${index}`, 'test')),
  );
  const choices = questions.filter(({ submit }) => submit === 'answer');
  const share = (style: string, tasks: readonly CloningTask[]) =>
    tasks.filter((task) => play(task, style).paid === 1).length / tasks.length;

  it('stay at one in five where they guess among all options', () => {
    const error = 3.29 * Math.sqrt((0.2 * 0.8) / choices.length);
    expect(Math.abs(share('guesser', choices) - 0.2)).toBeLessThan(error);
  });

  it('stay at one in four where they leave out "insufficient information"', () => {
    const error = 3.29 * Math.sqrt((0.25 * 0.75) / choices.length);
    expect(Math.abs(share('skimmer', choices) - 0.25)).toBeLessThan(error);
  });

  it('build nothing', () => {
    const others = questions.filter(({ submit }) => submit !== 'answer');
    expect([share('guesser', others), share('skimmer', others)]).toEqual([0, 0]);
  });
});
