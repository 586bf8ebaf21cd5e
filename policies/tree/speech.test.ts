import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import { type Environment, seatName } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import { choice } from '../../src/core/space.js';
import { describeFailure } from '../../src/laws/report.js';
import { runLaws } from '../../src/laws/run.js';
import { expectSameTree } from '../../test/same-tree.js';
import { growTree } from '../../test/tree.js';
import { paying, telling, written } from '../../test/written-game.js';
import { compile } from './compile.js';
import { CHANCE, TERMINAL } from './game-tree.js';
import { type SpeechRequest, type Utterance, type Utterances, withSpeech } from './speech.js';

const werewolf = await new Catalogue({ environments: [], agents: [] }).environment('werewolf');

function utterance(id: string, text: string): Utterance {
  return { id, label: id, text };
}

const TWO = [utterance('pass', 'I have nothing to say.'), utterance('claim', 'I am the seer.')];

describe('four-player Werewolf with two things to say', () => {
  const game = withSpeech(werewolf, () => TWO);
  const config = readConfig(werewolf.spec, { preset: 'lspo-4' });
  const tree = compile(game, config);

  // NOTE: worked by hand. Chance deals at 1 + 3 + 7 + 12 histories. In each of 12 deals the wolf and the seer aim at one
  // of three (1 + 3 decisions, 9 ways). On each of the 108 days three speak in turn (1 + 2 + 4 decisions, 8 ways), then
  // three vote at once for one of two others or nobody (1 + 3 + 9 decisions): of the 27 ways 15 put somebody out, 9 are a
  // tie of two, 2 a tie of three, and one puts nobody out. Then a second night is the end, with 3 decisions and 4 ways
  // where the seer lives (on 72 days), 1 and 2 where not (on 36).
  it('is counted as by hand', () => {
    const count = (who: (actor: number) => boolean) => tree.actor.filter(who).length;
    expect(count((actor) => actor === CHANCE)).toBe(23 + 864 * 11);
    expect(count((actor) => actor >= 0)).toBe(12 * 4 + 108 * 7 + 864 * 13 + 576 * 3 + 288);
    expect(count((actor) => actor === TERMINAL)).toBe(864 * (15 + 9 * 2 + 2 * 3) + 576 * 4 + 288 * 2);
  });

  it('is the tree of the plain walk, more than half of its endings paid at turns of chance', () => {
    expectSameTree(tree, growTree(game, config));
    let drawn = 0;
    for (const [history, actor] of tree.actor.entries()) {
      if (actor !== CHANCE) continue;
      const first = tree.first[history] as number;
      const children = tree.actor.subarray(first, first + (tree.children[history] as number));
      drawn += children.filter((child) => child === TERMINAL).length;
    }
    expect(drawn).toBe(864 * 24);
  });
});

/** Passes, or accuses somebody alive: what depends on the view alone. */
function accusations({ seat, view }: SpeechRequest): readonly Utterance[] {
  const { alive } = view as unknown as { readonly alive: readonly boolean[] };
  const others = [...alive.keys()].filter((other) => other !== seat && alive[other]);
  const accuse = (other: number) => utterance(`accuse ${seatName(other)}`, `I suspect ${seatName(other)}.`);
  return [utterance('pass', 'I have nothing to say.'), ...others.map(accuse)];
}

describe('an environment with speech as choices', () => {
  const game = withSpeech(werewolf, accusations);

  it('keeps the laws', async () => {
    const reports = await runLaws(game, { variations: 0, cases: 120, seeds: 3 });
    expect(reports.flatMap(({ failures }) => failures.map(describeFailure))).toEqual([]);
    expect(reports.filter(({ cases }) => cases > 0).map(({ law }) => law)).toEqual([1, 2, 3, 4, 7]);
  });

  it('is the other with texts chosen: the same events, rewards and views', () => {
    const config = readConfig(werewolf.spec, { preset: 'lspo-4' });
    const [plain, chosen] = [new Episode(werewolf, config), new Episode(game, config)];
    const both = (moves: Parameters<Episode['apply']>[0]) => [plain.apply(moves), chosen.apply(moves)];
    for (const role of ['werewolf', 'seer', 'villager', 'villager']) both({ chance: role });
    both({ seats: { 0: 'kill player_3', 1: 'see player_0' } });
    plain.apply({ seats: { 0: 'I suspect player_1.' } });
    chosen.apply({ seats: { 0: 'accuse player_1' } });
    expect(chosen.log).toEqual(plain.log);
    expect(chosen.log.at(-1)).toEqual({ to: 'all', kind: 'said', seat: 0, text: 'I suspect player_1.' });
    expect(game.view(chosen.state, 1)).toEqual(werewolf.view(plain.state, 1));
    expect(chosen.turn).toEqual({ kind: 'act', spaces: { 1: choice(['pass', 'accuse player_0', 'accuse player_2']) } });
    expect(game.spec).toEqual({ ...werewolf.spec, id: 'werewolf-speech' });
  });
});

describe('what can be said', () => {
  const text = { kind: 'text', maxChars: 25, purpose: 'Say it.' } as const;
  const asked: SpeechRequest[] = [];
  /** Both seats speak at once, each told what the other said; then it is over. */
  const start = {
    turn: { kind: 'act', spaces: { 0: text, 1: choice(['listen', 'leave']) } },
    next: (moves: unknown) => telling(paying(1, 1).scene, ['all', JSON.stringify(moves)]),
  } as const;
  const said = (utterances: Utterances): Environment => withSpeech(written(2, start), utterances);

  it('is asked for by purpose, seat and view, and leaves other spaces alone', () => {
    const game = said((request) => {
      asked.push(request);
      return TWO;
    });
    expect(game.turn(game.start({}))).toEqual({
      kind: 'act',
      spaces: { 0: choice(['pass', 'claim']), 1: choice(['listen', 'leave']) },
    });
    expect({ ...asked[0] }).toEqual({ purpose: 'Say it.', seat: 0, view: null });
    const step = game.apply([], { seats: { 0: 'claim', 1: 'leave' } });
    expect(step.events?.[0]?.what).toBe('{"seats":{"0":"I am the seer.","1":"leave"}}');
  });

  it.each([
    ['nothing', [], /is an empty list$/],
    ['an id twice', [utterance('a', 'x'), utterance('a', 'y')], /holds an id or a text twice: a, a$/],
    ['a text twice', [utterance('a', 'x'), utterance('b', 'x')], /holds an id or a text twice: a, b$/],
    ['a text that is too long', [utterance('a', 'x'.repeat(26))], /the words of "a" are refused: the text has 26/],
  ])('is refused when it is %s', (_, list, message) => {
    expect(() =>
      compile(
        said(() => list),
        {},
      ),
    ).toThrow(message);
  });
});
