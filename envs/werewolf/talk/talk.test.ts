import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Episode } from '../../../src/core/episode.js';
import type { JsonObject } from '../../../src/core/json.js';
import { type Rng, stream } from '../../../src/core/rng.js';
import { type Move, sample } from '../../../src/core/space.js';
import { type Config, presets, ROLES, type Role, config as schema } from '../config.js';
import werewolf from '../index.js';
import { scripted } from '../scripted.js';
import { type Act, act } from './acts.js';
import { hear } from './hear.js';
import { CLAIM_CLOSERS, FINDINGS, FOLLOWERS, OPENERS, SAYINGS, VIEW_CLOSERS, WHYS } from './phrases.js';
import { STYLES } from './styles.js';
import { write } from './write.js';

type Played = {
  readonly episode: Episode;
  readonly outcome: string;
  readonly thoughts: string[];
  readonly roles: Role[];
};

/** Plays one game; `who` gives each role's style, or `random`. Any illegal move throws. */
function play(config: Config, seed: string, who: (role: Role) => string): Played {
  const episode = new Episode(werewolf, config as unknown as JsonObject);
  const chance = stream(seed, 'chance');
  const seats = Array.from({ length: episode.facts.seats }, (_, seat) => seatAt(config, seed, seat));
  const thoughts: string[] = [];
  for (;;) {
    const turn = episode.turn;
    const { roles } = episode.state as unknown as { roles: Role[] };
    if (turn.kind === 'over') return { episode, outcome: turn.outcome, thoughts, roles };
    if (turn.kind === 'call') throw new Error('nobody is to be called');
    if (turn.kind === 'chance') {
      episode.apply({ chance: 'outcomes' in turn ? chance.weighted(turn.outcomes) : turn.draw(chance) });
      continue;
    }
    const moves: { [seat: number]: Move } = {};
    for (const [key, space] of Object.entries(turn.spaces)) {
      const seat = Number(key);
      const style = who(roles[seat] as Role);
      const { rng, script } = seats[seat] as ReturnType<typeof seatAt>;
      if (style === 'random') moves[seat] = sample(werewolf.spec, space, rng);
      else {
        const answer = script(style)({ space, view: null, events: episode.heard(seat).events, rng });
        moves[seat] = answer.move;
        if (answer.thought !== undefined) thoughts.push(answer.thought);
      }
    }
    episode.apply({ seats: moves });
  }
}

function seatAt(config: Config, seed: string, seat: number) {
  const rng = stream(seed, `seat ${seat}`);
  let player: ReturnType<typeof scripted.seat> | undefined;
  return {
    rng,
    script: (style: string) => {
      player ??= scripted.seat({ config, seat, style, rng });
      return player;
    },
  };
}

function preset(name: string): Config {
  return schema.parse(presets[name]?.config);
}

function speeches({ episode }: Played): { readonly seat: number; readonly text: string }[] {
  return episode.log
    .filter(({ kind }) => kind === 'said')
    .map(({ seat, text }) => ({ seat: seat as number, text: text as string }));
}

/** A random act with everything that its kind carries. */
function anyAct(rng: Rng): Act {
  const kind = rng.pick(['claim', 'check', 'counter', ...(Object.keys(SAYINGS) as (keyof typeof SAYINGS)[])] as const);
  const who = rng.below(20);
  if (kind === 'claim') return act(kind, null, { role: rng.pick(ROLES) });
  if (kind === 'counter') return act(kind, who, { role: rng.pick(ROLES) });
  if (kind === 'check') return act(kind, who, { finding: rng.pick(FINDINGS), fresh: rng.below(2) === 0 });
  if (kind === 'deny' || kind === 'pass') return act(kind);
  const reasoned = kind === 'accuse' || kind === 'defend' || kind === 'doubt' || kind === 'call';
  if (!reasoned || rng.below(3) === 0) return act(kind, who);
  const why = rng.pick(Object.keys(WHYS) as (keyof typeof WHYS)[]);
  const names = WHYS[why].some(({ gaps }) => gaps.includes('whom'));
  return act(kind, who, { why, whom: names ? rng.below(20) : null });
}

const MODES: { readonly [name: string]: Config } = {
  ...Object.fromEntries(Object.keys(presets).map((name) => [name, preset(name)])),
  'all roles': schema.parse({
    roles: { werewolf: 3, villager: 2, hunter: 1, witch: 1, bodyguard: 1 },
    kill: 'vote',
    seer: 'role',
    reveal: { night: 'team', day: 'role' },
    doctor: { self: false, repeat: false },
    talk: { order: 'random', rounds: 2 },
    vote: { mode: 'in turn', tie: 'nobody' },
    predict: true,
  }),
  'twins, day first': schema.parse({
    roles: { werewolf: 3, seer: 2, doctor: 2, villager: 0, hunter: 2, witch: 2, bodyguard: 2 },
    first: 'day',
    ending: 'extinction',
    talk: { order: 'rotating', maxChars: 60 },
    vote: { abstain: false },
    predict: true,
  }),
  mumbling: schema.parse({ talk: { maxChars: 1 } }),
};

describe('what is written is heard', () => {
  it('as the same acts, over 12,000 speeches', () => {
    const rng = stream(1, 'inverse');
    let whole = 0;
    for (let i = 0; i < 12_000; i++) {
      const acts = Array.from({ length: 1 + (i % 3) }, () => anyAct(rng));
      const heard = hear(write(acts, rng, 10_000));
      if (acts.length === 1) expect(heard).toEqual(acts);
      const left = [...acts];
      for (const one of heard) {
        while (left.length > 0 && JSON.stringify(left[0]) !== JSON.stringify(one)) left.shift();
        expect(left.shift()).toEqual(one);
      }
      if (heard.length === acts.length) whole++;
    }
    expect(whole).toBeGreaterThan(11_600);
  });

  it('within any limit', () => {
    const rng = stream(2, 'limits');
    for (let most = 0; most <= 320; most++) {
      for (let i = 0; i < 5; i++) {
        const text = write([anyAct(rng), anyAct(rng), anyAct(rng), anyAct(rng)], rng, most);
        expect(text.length).toBeLessThanOrEqual(Math.min(most, 299));
        expect(text.split(/[.!?](?: |$)/).length - 1).toBeLessThanOrEqual(3);
        expect(text).not.toContain('Player_');
      }
    }
  });

  it('and flourish alone means nothing', () => {
    for (const words of [...OPENERS, ...FOLLOWERS, ...VIEW_CLOSERS, ...CLAIM_CLOSERS])
      expect(hear(`${words}.`)).toEqual([]);
  });
});

describe('what others write', () => {
  it('is understood where it happens to say the same', () => {
    expect(hear('I AM THE SEER!')).toEqual([act('claim', null, { role: 'seer' })]);
    expect(hear('hmm, I trust player_4; because of the weather')).toEqual([act('defend', 4)]);
  });

  it.each([
    'I suspect that player_3 might be a wolf given the voting pattern on day 1.',
    'because they voted for player_2.',
    '@ is right. I trust @.',
    'I trust player_. I trust player_123.',
    'Ich bin der Seher',
    '',
  ])('gives no act otherwise: %s', (text) => {
    expect(hear(text)).toEqual([]);
  });

  it('never makes the reader throw', () => {
    const scraps = [
      'player_',
      'player_3',
      'I trust ',
      '@',
      ', ',
      '. ',
      'because they voted for ',
      '\n',
      'I am the seer',
    ];
    const texts = fc.array(fc.oneof(fc.constantFrom(...scraps), fc.string({ unit: 'binary' })), { maxLength: 12 });
    fc.assert(
      fc.property(texts, (parts) => {
        expect(Array.isArray(hear(parts.join('')))).toBe(true);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});

describe.each(Object.keys(STYLES))('%s talkers', (style) => {
  it.each(Object.keys(MODES))('play %s to the end by the rules', (mode) => {
    const config = MODES[mode] as Config;
    const played = new Set<Role>();
    for (let i = 0; i < 25; i++) {
      const { episode, roles } = play(config, `${style}/${mode}/${i}`, () => style);
      expect(episode.turn.kind).toBe('over');
      for (const role of roles) played.add(role);
    }
    expect(played.size).toBe(ROLES.filter((role) => config.roles[role] > 0).length);
  });

  it.skipIf(style === 'foolish')('never contradict their own claims and checks', () => {
    let claims = 0;
    for (let i = 0; i < 150; i++) {
      const told = new Map<string, string>();
      const mode = i % 2 === 0 ? 'lspo-7' : 'all roles';
      for (const { seat, text } of speeches(play(MODES[mode] as Config, `claims/${i}`, () => style))) {
        for (const { kind, role, who, finding } of hear(text)) {
          const about =
            kind === 'check' ? `${seat} checked ${who}` : kind === 'claim' || kind === 'counter' ? `${seat} is` : '';
          if (about === '') continue;
          const said = role ?? String(finding);
          expect(told.get(about) ?? said).toBe(said);
          told.set(about, said);
          claims++;
        }
      }
    }
    expect(claims).toBeGreaterThan(20);
  });
});

it('a foolish wolf now and then admits it; no other ever does', () => {
  const admits = (style: string): number => {
    const texts = Array.from({ length: 100 }, (_, i) =>
      speeches(play(preset('lspo-7'), `admit/${i}`, () => style)),
    ).flat();
    return texts.filter(({ text }) => hear(text).some(({ kind, role }) => kind === 'claim' && role === 'werewolf'))
      .length;
  };
  expect(admits('foolish')).toBeGreaterThan(10);
  for (const style of ['cunning', 'honest', 'liar', 'quiet']) expect(admits(style)).toBe(0);
});

it('a thousand games hold at least 300 shapes of sentences', () => {
  const shapes = new Set<string>();
  let sentences = 0;
  for (let i = 0; i < 1000; i++) {
    for (const { text } of speeches(play(preset('lspo-7'), `shapes/${i}`, () => 'cunning'))) {
      expect(text.length).toBeGreaterThan(0);
      for (const sentence of text.replace(/player_\d+/g, 'X').split(/(?<=[.!?]) /)) {
        shapes.add(sentence);
        sentences++;
      }
    }
  }
  console.log(`${shapes.size} shapes among ${sentences} sentences of 1,000 games`);
  expect(shapes.size).toBeGreaterThanOrEqual(300);
});

it('the same seed gives the same game, whatever was played in between', () => {
  const log = (seed: string) => JSON.stringify(play(preset('arena-8'), seed, () => 'cunning').episode.log);
  const first = log('again');
  for (let i = 0; i < 200; i++) log(`between/${i}`);
  expect(log('again')).toBe(first);
  expect(log('another')).not.toBe(first);
});

it('thoughts stay with those who had them', () => {
  for (let i = 0; i < 50; i++) {
    const { episode, thoughts } = play(preset('lspo-7'), `thoughts/${i}`, () => 'liar');
    const told = JSON.stringify(episode.log);
    expect(thoughts.length).toBeGreaterThan(5);
    for (const thought of thoughts) expect(told).not.toContain(thought);
  }
});

describe('strength in lspo-7', () => {
  const GAMES = 1000;
  /** The share of games the village wins, printed with its 95 % interval. */
  const village = (wolves: string, others: string): number => {
    let won = 0;
    for (let i = 0; i < GAMES; i++) {
      const { outcome } = play(preset('lspo-7'), `rate/${i}`, (role) => (role === 'werewolf' ? wolves : others));
      if (outcome.includes('village')) won++;
    }
    const share = won / GAMES;
    const half = 1.96 * Math.sqrt((share * (1 - share)) / GAMES);
    console.log(
      `${wolves} wolves, ${others} village: village wins ${won}/${GAMES} = ${share.toFixed(3)} +- ${half.toFixed(3)}`,
    );
    return share;
  };

  it('neither side has it all', () => {
    const share = village('cunning', 'cunning');
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.6);
  });

  it('both sides beat random opponents far more often than random players do', () => {
    expect(village('random', 'random')).toBeLessThan(0.2);
    expect(village('random', 'cunning')).toBeGreaterThan(0.55);
    expect(village('cunning', 'random')).toBeLessThan(0.09);
  });

  it('styles differ', () => {
    expect(village('honest', 'cunning')).toBeGreaterThan(village('liar', 'cunning') + 0.15);
    expect(village('cunning', 'honest')).toBeGreaterThan(village('cunning', 'foolish') + 0.15);
  });
});
