import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import random from '../../agents/random.js';
import { playRecorded } from '../../replays/session.js';
import { verify } from '../../replays/verify.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import { UserError } from '../../src/core/errors.js';
import type { ChoiceSpace } from '../../src/core/space.js';
import { describeFailure } from '../../src/laws/report.js';
import { runLaws } from '../../src/laws/run.js';

const folder = mkdtempSync(join(tmpdir(), 'ludus-boardgame-'));
afterAll(() => rmSync(folder, { recursive: true }));

const catalogue = new Catalogue();
const open = (name: string) => catalogue.environment(`boardgame:./test/boardgame/${name}.ts`);

const GAMES = ['three-in-a-row', 'sealed-bids', 'one-biscuit', 'dice-race', 'collect-and-pay'];

/** An episode of a game with its seed drawn. */
async function begun(name: string, set = {}): Promise<Episode> {
  const environment = await open(name);
  const episode = new Episode(environment, readConfig(environment.spec, { set }));
  if (episode.turn.kind === 'chance') episode.apply({ chance: 'a seed' });
  return episode;
}

function offered({ turn }: Episode, seat: number): string[] {
  if (turn.kind !== 'act') throw new Error('somebody is to move');
  return (turn.spaces[seat] as ChoiceSpace | undefined)?.options.map(({ id }) => id) ?? [];
}

const play = (episode: Episode, seats: { [seat: number]: string }) => episode.apply({ seats });
const said = (episode: Episode, seat: number) => episode.said(seat, episode.heard(seat).events.length);
const sight = ({ environment, state }: Episode, viewer: number | 'public' | 'all') => environment.view(state, viewer);

describe.each(GAMES)('%s', (name) => {
  it('keeps the laws', async () => {
    const reports = await runLaws(await open(name), { seeds: 6, cases: 150 });
    for (const { law, failures } of reports) expect([law, failures.map(describeFailure)]).toEqual([law, []]);
    expect(reports.filter(({ law, cases }) => law <= 4 && cases === 0)).toEqual([]);
  });

  it('leaves records that replay exactly', async () => {
    const environment = await open(name);
    const config = readConfig(environment.spec);
    const agents = Array.from({ length: environment.spec.facts(config).seats }, () => random.open(''));
    const table = { environment, config, seed: 3, agents: await Promise.all(agents), hash: true };
    const playing = playRecorded({ table, specs: agents.map(() => 'random'), file: join(folder, `${name}.jsonl`) });
    let next = await playing.next();
    while (next.done !== true) next = await playing.next();
    expect(next.value.end.how).toBe('rules');
    expect(verify(next.value, environment)).toBeNull();
  });
});

describe('moves', () => {
  it('are offered in words, and who is to move is as the game says', async () => {
    const episode = await begun('three-in-a-row');
    expect(offered(episode, 0)).toHaveLength(9);
    expect(offered(episode, 0)[5]).toBe('mark cell 1 2');
    expect(offered(episode, 1)).toEqual([]);
    expect(offered(await begun('dice-race'), 0)).toEqual(['roll', 'end turn']);
    expect(offered(await begun('collect-and-pay'), 0)).toEqual(['collect coins 1', 'collect coins 2']);
    const biscuit = await begun('one-biscuit');
    expect([offered(biscuit, 0), offered(biscuit, 1)]).toEqual([
      ['take', 'wait'],
      ['take', 'wait'],
    ]);
  });

  it('lead to the winner, who is paid and told', async () => {
    const episode = await begun('three-in-a-row');
    const cells = ['0 0', '1 0', '0 1', '1 1', '0 2'];
    for (const [at, cell] of cells.entries()) play(episode, { [at % 2]: `mark cell ${cell}` });
    expect(episode.turn).toEqual({ kind: 'over', outcome: 'player_0 wins', truncated: false });
    expect(episode.returns()).toEqual([1, -1]);
    expect(said(episode, 1)).toContain('player_0: mark cell 0 2.\nThe game is over: player_0 wins.');
    const { environment, state } = episode;
    expect(environment.show?.(environment.view(state, 1))).toBe('x x x\no o .\n. . .');
  });

  it('made at once are played in order of seats, and what is no longer possible is refused', async () => {
    const episode = await begun('one-biscuit');
    play(episode, { 0: 'take', 1: 'take' });
    expect(said(episode, 1)).toBe(
      'player_0: take.\nplayer_1 cannot take: the game does not take it, and nothing is done.',
    );
    expect(episode.turn.kind).toBe('act');
    expect(offered(episode, 0)).toEqual([]);
    play(episode, { 1: 'wait' });
    expect(episode.returns()).toEqual([1, -1]);
  });

  it('may be events of boardgame.io, and phases are told', async () => {
    const race = await begun('dice-race');
    play(race, { 0: 'end turn' });
    expect(offered(race, 1)).toEqual(['roll', 'end turn']);
    const purse = await begun('collect-and-pay');
    for (const seat of [0, 1, 0]) play(purse, { [seat]: 'collect coins 2' });
    expect(said(purse, 0)).toMatch(/The phase "pay" begins\.$/);
    for (let seat = 0; purse.turn.kind === 'act'; seat = 1 - seat)
      play(purse, { [offered(purse, 0).length > 0 ? 0 : 1]: 'pay coins 2' });
    expect(purse.returns()).toEqual([1, 1]);
  });
});

describe('secrets', () => {
  it('stay out of what a seat sees, is told and is offered', async () => {
    const episode = await begun('sealed-bids');
    const { players } = (sight(episode, 'all') as { G: { players: { card: number }[] } }).G;
    const other = JSON.stringify([sight(episode, 1), said(episode, 1)]);
    expect(Object.keys((sight(episode, 1) as { G: { players: object } }).G.players)).toEqual(['1']);
    expect((sight(episode, 'public') as { G: { players: object } }).G.players).toEqual({});
    expect(JSON.stringify(sight(episode, 0))).not.toContain('deck');
    expect(offered(episode, 0)).toHaveLength((players[0]?.card ?? 0) + 2);
    play(episode, { 0: 'bid amount 1' });
    expect(JSON.stringify([sight(episode, 1), said(episode, 1)])).not.toBe(other);
    expect(JSON.stringify(episode.heard(1).events)).not.toContain('amount');
    expect(said(episode, 1)).toContain('player_0: bid, hidden from others.');
    play(episode, { 1: 'swap card' });
    expect(said(episode, 0)).toContain('player_1: swap card. ({"cardsLeft":2})');
  });

  it('are drawn from the seed that chance gives', async () => {
    const deals = ['a', 'b', 'a'].map(async (chance) => {
      const environment = await open('sealed-bids');
      const episode = new Episode(environment, readConfig(environment.spec));
      episode.apply({ chance });
      return JSON.stringify(sight(episode, 'all'));
    });
    const [a, b, again] = await Promise.all(deals);
    expect(a).toBe(again);
    expect(a).not.toBe(b);
  });
});

describe('the configuration', () => {
  it("has players, a horizon and the game's own settings, each within its bounds", async () => {
    const race = await open('dice-race');
    expect(readConfig(race.spec)).toEqual({ players: 3, horizon: 400, setupData: { start: 0 } });
    expect(() => readConfig(race.spec, { set: { 'setupData.start': -1 } })).toThrow('start is at least 0');
    expect(() => readConfig(race.spec, { set: { players: 99 } })).toThrow(/config players: /);
    const episode = await begun('dice-race', { players: 2, 'setupData.start': 5 });
    expect(sight(episode, 0)).toMatchObject({ G: { scores: [5, 5] } });
    const short = await begun('dice-race', { horizon: 2 });
    play(short, { 0: 'end turn' });
    expect(short.turn).toEqual({ kind: 'over', outcome: 'horizon', truncated: true });
  });
});

describe('a module', () => {
  const game = `{ setup: () => ({}), moves: { go: () => {} }, ai: { enumerate: () => [{ move: 'go' }] } }`;
  const written = (name: string, text: string): Promise<Environment> => {
    writeFileSync(join(folder, name), text);
    return catalogue.environment(`boardgame:${relative(process.cwd(), join(folder, name))}`);
  };

  it('may be CommonJS, and may hold several games, one of which is named', async () => {
    await expect(written('one.cjs', `module.exports = { Go: ${game} };`)).resolves.toBeDefined();
    const two = `export const One = ${game}; export const Two = ${game};`;
    await expect(written('two.mjs', two)).rejects.toThrow('exports several games; write one of them: #One, #Two');
    const path = relative(process.cwd(), join(folder, 'two.mjs'));
    expect((await catalogue.environment(`boardgame:${path}#Two`)).spec.title).toBe('Two');
    await expect(catalogue.environment(`boardgame:${path}#Tow`)).rejects.toThrow('no game "Tow"; did you mean Two');
  });

  it.each([
    ['nothing.mjs', `export const x = 1;`, /exports no game of boardgame\.io/],
    ['mute.mjs', `export default { moves: { go() {} } };`, /nothing says what a player may do; give .*ai\.enumerate/],
    [
      'odd.mjs',
      `export default ${game}; export const ludus = { chance: 'some' };`,
      /the export "ludus" is not right: chance: /,
    ],
    ['paid.mjs', `export default ${game}; export const reward = () => [1, 2];`, /export its bounds too/],
    ['flat.mjs', `export default ${game}; export const render = 'no';`, /"render" is to be a function, got "no"/],
    ['torn.mjs', `export default {`, /cannot load .*torn\.mjs/],
  ])('%s is refused with its reason', async (name, text, reason) => {
    const loading = written(name, text);
    await expect(loading).rejects.toThrow(UserError);
    await expect(loading).rejects.toThrow(reason);
  });

  it('that is not there, or is not named, is said to be so', async () => {
    await expect(catalogue.environment('boardgame:./no/such.js')).rejects.toThrow(
      'cannot find the module "./no/such.js"',
    );
    await expect(catalogue.environment('boardgame:')).rejects.toThrow('boardgame: takes a module');
    await expect(catalogue.environment('boardgame')).rejects.toThrow('is a family');
  });

  it('that draws although it says that it does not is stopped', async () => {
    const drawing = await written(
      'drawing.mjs',
      `export default { setup: () => ({}), moves: { go: ({ G, random }) => ({ die: random.D6() }) }, ai: { enumerate: () => [{ move: 'go' }] } };
      export const ludus = { chance: 'none' };`,
    );
    const episode = new Episode(drawing, readConfig(drawing.spec));
    expect(() => play(episode, { 0: 'go' })).toThrow('draws at random, but its ludus.chance is "none"');
  });

  it('that lists other things than moves is stopped, and moves of the same words are told apart', async () => {
    const listing = (name: string, list: string) =>
      written(
        name,
        `export default { setup: () => ({}), moves: { go() {} }, ai: { enumerate: () => ${list} } }; export const ludus = { chance: 'none' };`,
      );
    const start = (environment: Environment) => new Episode(environment, readConfig(environment.spec));
    const wrong = await listing('wrong.mjs', `['go']`);
    expect(() => start(wrong)).toThrow(/enumerate lists moves as \{ move, args \}/);
    expect(
      offered(
        start(
          await listing(
            'twins.mjs',
            `[{ move: 'go', args: ['a b'] }, { move: 'go', args: [{ row: 1 }] }, { move: 'go', args: ['row', 1] }]`,
          ),
        ),
        0,
      ),
    ).toEqual(['go "a b"', 'go [{"row":1}]', 'go ["row",1]']);
  });
});
