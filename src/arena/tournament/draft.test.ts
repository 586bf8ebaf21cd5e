import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../core/catalogue.js';
import { seatName } from '../../core/environment.js';
import type { JsonObject } from '../../core/json.js';
import { planTournament } from './draft.js';
import { Hall } from './hall.js';
import { type TournamentPlan, tournamentPlan } from './plan.js';
import type { TournamentWish } from './request.js';
import { rolesOfDeal } from './roles.js';

const catalogue = new Catalogue();
const SIDES = { wolves: ['werewolf'], village: ['seer', 'doctor', 'villager'] };

async function draft(request: JsonObject): Promise<TournamentPlan> {
  return planTournament(request as unknown as TournamentWish, catalogue);
}

/** Names by seat of every game of a request. */
async function games(request: JsonObject) {
  return (await Hall.open(await draft({ seed: 7, blocks: 3, ...request }), catalogue)).schedule.games;
}

describe('a plan', () => {
  it('has a random and a scripted anchor, unless they are not wanted or there already', async () => {
    const names = async (more: JsonObject) => (await draft({ environments: ['kuhn-poker'], ...more })).agents;
    const anchor = (name: string) => ({ name, agent: name, anchor: true });
    expect(await names({ agents: ['minimax'], environments: ['tic-tac-toe'] })).toEqual([
      { name: 'minimax', agent: 'minimax' },
      anchor('random'),
      anchor('scripted'),
    ]);
    expect(await names({ agents: [{ name: 'dice', agent: 'random' }] })).toEqual([
      { ...anchor('random'), name: 'dice' },
      anchor('scripted'),
    ]);
    expect(await names({ agents: ['scripted', 'random'], anchors: false })).toEqual([
      { name: 'scripted', agent: 'scripted' },
      { name: 'random', agent: 'random' },
    ]);
  });

  it('survives its own file', async () => {
    const plan = await draft({ agents: ['random'], environments: [{ environment: 'werewolf', sides: SIDES }] });
    expect(tournamentPlan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it.each<[string, JsonObject, string]>([
    ['unknown design', { design: 'swiss' }, 'there is no design "swiss"; known: blocks, free, round-robin'],
    ['unknown agent', { agents: ['rndom'] }, 'did you mean random?'],
    ['unknown environment', { environments: ['kuhn'] }, 'there is no environment "kuhn"'],
    ['unknown field', { block: 3 }, 'plan block: there is no such field; did you mean blocks or clock?'],
    ['no blocks', { blocks: 0 }, 'plan blocks:'],
    ['two of one name', { agents: ['random', 'random'] }, 'two agents are called "random"'],
    ['alone', { agents: ['random'], anchors: false }, 'kuhn-poker needs two agents or more'],
    ['an agent that cannot play there', { agents: ['mcts'] }, 'mcts cannot play kuhn-poker:'],
    ['a person', { agents: ['human'] }, 'human is a person at a terminal'],
    ['games without a free design', { games: [['random', 'scripted']] }, 'only for it'],
    ['a free design without games', { design: 'free' }, 'games are listed for the free design'],
    ['a game too short', { design: 'free', games: [['random']] }, 'kuhn-poker has 2 places, not 1'],
    ['a game of strangers', { design: 'free', games: [['random', 'x']] }, 'games: no agent is called "x"'],
    ['a forfeit of many', { environments: ['werewolf'], rules: { onFailure: 'forfeit' } }, 'werewolf has 7 here'],
    [
      'a role on two sides',
      { environments: [{ environment: 'werewolf', sides: { a: ['seer'], b: ['seer'] } }] },
      'is on two sides',
    ],
    [
      'a role on no side',
      { environments: [{ environment: 'werewolf', sides: { a: ['seer'], b: ['doctor'] } }] },
      'has the role',
    ],
    [
      'no roles',
      { environments: [{ environment: 'tic-tac-toe', sides: { a: ['x'], b: ['o'] } }] },
      'deals seat 0 no role',
    ],
    ['sides without sides', { environments: [{ environment: 'werewolf', seating: 'sides' }] }, 'takes sides'],
    [
      'a game twice',
      {
        design: 'free',
        agents: ['random'],
        games: [
          ['random', 'random'],
          ['random', 'random'],
        ],
      },
      'twice in one block',
    ],
  ])('is refused with %s', async (_, request, message) => {
    await expect(draft({ agents: ['scripted', 'random'], environments: ['kuhn-poker'], ...request })).rejects.toThrow(
      message,
    );
  });
});

describe('a schedule', () => {
  it('plays all games of a block under one seed, and each block under its own', async () => {
    const played = await games({ agents: ['random'], environments: ['kuhn-poker'], design: 'blocks' });
    expect(played.map(({ seed, block }) => [seed, block])).toEqual(
      [0, 0, 1, 1, 2, 2].map((block) => [`7/${block}`, block]),
    );
  });

  it('gives each agent each seat, and so each role of the same deal, in every block', async () => {
    const played = await games({ agents: ['random'], environments: ['werewolf'], design: 'blocks' });
    for (const block of [0, 1, 2]) {
      const seatings = played.filter((game) => game.block === block).map(({ seats }) => seats);
      for (let seat = 0; seat < 7; seat++) {
        expect(seatings.map((seats) => seats[seat]).sort(), seatName(seat)).toEqual(['random', 'scripted']);
      }
    }
  });

  it('seats a side whole, whichever seats the deal gives it', async () => {
    const played = await games({ agents: ['random'], environments: [{ environment: 'werewolf', sides: SIDES }] });
    const environment = await catalogue.environment('werewolf');
    const config = environment.spec.config.parse({}) as JsonObject;
    expect(played).toHaveLength(6);
    for (const { seats, seed } of played) {
      const roles = rolesOfDeal(environment, config, seed);
      const wolves = new Set(seats.filter((_, seat) => roles[seat] === 'werewolf'));
      const village = new Set(seats.filter((_, seat) => roles[seat] !== 'werewolf'));
      expect([wolves.size, village.size, new Set([...wolves, ...village]).size]).toEqual([1, 1, 2]);
    }
    expect(new Set(played.map(({ seats }) => seats.join())).size).toBeGreaterThan(2);
  });

  it('plays several environments block by block', async () => {
    const both = await games({ agents: ['random'], environments: ['kuhn-poker', 'tic-tac-toe'], blocks: 2 });
    expect(both.map(({ block, contest }) => `${block}${contest}`)).toEqual([
      '00',
      '00',
      '01',
      '01',
      '10',
      '10',
      '11',
      '11',
    ]);
  });
});
