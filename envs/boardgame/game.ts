import { z } from 'zod';
import {
  type Environment,
  type Event,
  environment,
  type Facts,
  type Moves,
  type Step,
  type Turn,
  type Viewer,
} from '../../src/core/environment.js';
import { hashOf, type Json } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import { choice } from '../../src/core/space.js';
import { actionsOf } from './actions.js';
import type { Found } from './declared.js';
import { type Action, isActive, Kernel, type Match, plain } from './kernel.js';
import { say, show, type View } from './language.js';
import { resultOf, rewardsOf } from './result.js';

interface Config {
  readonly players: number;
  readonly horizon: number;
  readonly setupData?: Json | undefined;
}

/** `match` is null until its seed is drawn. */
type State = { readonly config: Config; readonly steps: number; readonly match: Match | null };
type Playing = State & { readonly match: Match };

const USUAL_HORIZON = 1000;
const MOST_PLAYERS = 16;
const USUAL_SEATS = 2;
const WON = { min: -1, max: 1 };

/** A game of boardgame.io as an environment. */
export function asEnvironment(id: string, found: Found): Environment {
  const table = new BoardTable(found, new Kernel(found.game, `"${id}"`));
  const { declared, name } = found;
  const title = declared.title ?? name;
  const summary = declared.summary ?? `${title}, a game of boardgame.io.`;
  return environment<State & Json, Config>({
    spec: {
      id,
      version: declared.version ?? '1.0.0',
      title,
      summary,
      config: configOf(found),
      rewards: { result: { says: 'what the game pays at its end', weight: 1, told: 'at once' } },
      events: {
        moved: { told: 'everyone; the arguments of a move whose log entry is redacted, nobody', says: 'who did what' },
        refused: {
          told: 'the seat; everyone where all is open',
          says: 'a move that the game did not take: one made at the same time came before it',
        },
        phase: { told: 'everyone', says: 'a phase that begins', look: 'heading' },
        seen: { told: 'whoever sees something new', says: 'that what it sees has changed; silent' },
        over: { told: 'everyone', says: 'how the game ended' },
      },
      facts: (config) => table.facts(config),
      rules: ({ players }) => declared.rules ?? usualRules(summary, players),
    },
    start: (config) => table.start(config) as State & Json,
    turn: (state) => table.turn(state),
    apply: (state, moves) => table.apply(state, moves) as Step<State & Json>,
    view: (state, viewer) => table.view(state, viewer) as unknown as Json,
    say,
    show: (view) => show(view as unknown as View, found.render),
  });
}

function configOf({ game, declared }: Found): z.ZodType<Config> {
  const least = game.minPlayers ?? 1;
  const most = game.maxPlayers ?? Math.max(MOST_PLAYERS, least);
  const usual = Math.min(most, Math.max(least, declared.players ?? USUAL_SEATS));
  const players = z.number().int().min(least).max(most).default(usual).describe('how many play');
  const horizon = z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(declared.horizon ?? USUAL_HORIZON);
  const fields = { players, horizon: horizon.describe('steps after which the game is broken off') };
  const { setupData } = declared;
  const own =
    setupData === undefined ? {} : { setupData: z.json().default(setupData).describe("the game's own settings") };
  const schema = z.strictObject({ ...fields, ...own });
  return (schema as unknown as z.ZodType<Config>).superRefine((config, context) => {
    const wrong = game.validateSetupData?.(config.setupData, config.players);
    if (wrong !== undefined) context.addIssue({ code: 'custom', path: ['setupData'], message: wrong });
  });
}

function usualRules(summary: string, players: number): string {
  return `${summary} ${players} play: player_0 to player_${players - 1}. Moves are offered in words: the name of a move and its arguments. You see what the game shows to you, and are told who moved and how the game ends.`;
}

/** The rules: what boardgame.io makes of a match, told in steps, turns and events. */
class BoardTable {
  readonly #found: Found;
  readonly #kernel: Kernel;

  constructor(found: Found, kernel: Kernel) {
    this.#found = found;
    this.#kernel = kernel;
  }

  /** NOTE: what is not declared is taken to be as it may at worst be: drawn, hidden, and at once. */
  facts({ players, horizon }: Config): Facts {
    const { game, declared } = this.#found;
    const chance = declared.chance ?? 'drawn';
    const isOpen = game.playerView === undefined && chance === 'none';
    return {
      seats: players,
      information: declared.information ?? (isOpen ? 'perfect' : 'imperfect'),
      chance,
      calls: false,
      dynamics: declared.dynamics ?? 'simultaneous',
      utility: declared.utility ?? { kind: players === 2 ? 'zero-sum' : 'general', ...WON },
      horizon,
    };
  }

  start(config: Config): State {
    const isDrawn = this.facts(config).chance === 'drawn';
    return { config, steps: 0, match: isDrawn ? null : this.#begin(config, 'none') };
  }

  turn({ config, steps, match }: State): Turn {
    if (match === null) return { kind: 'chance', draw: seed };
    if (match.ctx.gameover !== undefined) return over(this.#result(match).outcome, false);
    if (steps >= config.horizon) return over('horizon', true);
    const spaces = this.#spaces(match);
    return Object.keys(spaces).length === 0 ? over('nobody can move', true) : { kind: 'act', spaces };
  }

  apply(state: State, moves: Moves): Step<State> {
    const { config, steps, match } = state;
    if (match === null) {
      const begun = { config, steps: steps + 1, match: this.#begin(config, (moves as { chance: string }).chance) };
      return { state: begun, events: this.#news(state, begun) };
    }
    const { seats } = moves as { seats: { readonly [seat: number]: string } };
    const [after, events] = this.#play(match, seats);
    const next = { config, steps: steps + 1, match: after };
    return { state: next, events: [...events, ...this.#news(state, next)], ...this.#pay(next) };
  }

  view({ match }: State, viewer: Viewer): View {
    const you = typeof viewer === 'number' ? String(viewer) : null;
    if (match === null) return { G: null, ctx: null, you };
    if (viewer === 'all') return { G: match.G, ctx: publicCtx(match), you };
    const plugins = this.#kernel.seenOfPlugins(match, you);
    const more = Object.keys(plugins).length === 0 ? {} : { plugins };
    return { G: this.#kernel.seen(match, you), ctx: publicCtx(match), ...more, you };
  }

  #begin({ players, setupData }: Config, seed: string): Match {
    return this.#fair(this.#kernel.begin(seed, players, setupData), players);
  }

  /** NOTE: a draw that is not declared would be a secret of the seed that no record holds. */
  #fair(match: Match, players: number): Match {
    if (this.#found.declared.chance === 'none' && this.#kernel.hasDrawn(match))
      throw new Error(`${this.#found.name} for ${players} draws at random, but its ludus.chance is "none"`);
    return match;
  }

  #spaces(match: Match): { [seat: number]: ReturnType<typeof choice> } {
    const spaces: { [seat: number]: ReturnType<typeof choice> } = {};
    for (let seat = 0; seat < match.ctx.numPlayers; seat++) {
      const ids = [...this.#actions(match, seat).keys()];
      if (ids.length > 0) spaces[seat] = choice(ids);
    }
    return spaces;
  }

  /** NOTE: by what the seat sees, so that no option tells of what it does not. */
  #actions(match: Match, seat: number): ReadonlyMap<string, Action> {
    const playerID = String(seat);
    if (!isActive(match.ctx, playerID)) return new Map();
    return actionsOf(this.#found.enumerate(this.#kernel.seen(match, playerID), match.ctx, playerID));
  }

  /** Moves made at once are played in order of seats. */
  #play(before: Match, moves: { readonly [seat: number]: string }): [Match, Event[]] {
    let match = before;
    const isOpen = this.#isOpen(before);
    const events: Event[] = [];
    for (const [key, move] of Object.entries(moves)) {
      const seat = Number(key);
      const action = this.#actions(before, seat).get(move) as Action;
      const done = this.#kernel.act(match, key, action);
      if (done === null) events.push({ to: isOpen ? 'all' : [seat], kind: 'refused', seat, move });
      else {
        const note = done.note === undefined ? {} : { note: done.note };
        const args = done.redacted && !isOpen ? null : action.args;
        events.push({ to: 'all', kind: 'moved', seat, name: action.name, args, ...note });
        match = this.#fair(done.match, match.ctx.numPlayers);
      }
    }
    return [match, events];
  }

  #isOpen(match: Match): boolean {
    return this.facts({ players: match.ctx.numPlayers, horizon: 1 }).information === 'perfect';
  }

  /** What a step tells beside the moves: phases, the end, and to whom the table looks otherwise than before. */
  #news(before: State, after: Playing): Event[] {
    const { ctx } = after.match;
    const events: Event[] = [];
    const phase = before.match?.ctx.phase ?? null;
    if (ctx.phase !== phase) events.push({ to: 'all', kind: 'phase', phase: ctx.phase });
    if (!this.#isOpen(after.match)) events.push(...this.#looks(before, after));
    if (ctx.gameover !== undefined)
      events.push({ to: 'all', kind: 'over', outcome: this.#result(after.match).outcome });
    return events;
  }

  /**
   * NOTE: what a seat knows is what it was told, and boardgame.io tells by showing: so each new sight is an event, by
   * its fingerprint, and two histories that are told alike look alike.
   */
  #looks(before: State, after: State): Event[] {
    const viewers: readonly Viewer[] = ['public', ...Array.from({ length: after.config.players }, (_, seat) => seat)];
    return viewers.flatMap((viewer): Event[] => {
      const [was, is] = [before, after].map((state) => hashOf(this.view(state, viewer) as unknown as Json)) as [
        string,
        string,
      ];
      return was === is ? [] : [{ to: typeof viewer === 'number' ? [viewer] : 'all', kind: 'seen', view: is }];
    });
  }

  #pay({ match }: Playing): Pick<Step<State>, 'rewards'> {
    if (match.ctx.gameover === undefined) return {};
    const { returns } = this.#result(match);
    return { rewards: Object.fromEntries(returns.map((result, seat) => [seat, { result }])) };
  }

  #result({ G, ctx }: Match): ReturnType<typeof resultOf> {
    const { declared, reward } = this.#found;
    const result = resultOf(ctx.gameover as Json, ctx.numPlayers, declared.utility);
    return reward === undefined ? result : { ...result, returns: rewardsOf(reward(G, ctx), ctx.numPlayers) };
  }
}

/** 128 random bits in hexadecimal. */
function seed(rng: Rng): string {
  return Array.from({ length: 4 }, () => rng.next().toString(16).padStart(8, '0')).join('');
}

function over(outcome: string, truncated: boolean): Turn {
  return { kind: 'over', outcome, truncated };
}

/** boardgame.io sends its context to everybody, but for what it keeps for itself. */
function publicCtx({ ctx }: Match): View['ctx'] {
  return plain(Object.fromEntries(Object.entries(ctx).filter(([field]) => !field.startsWith('_')))) as View['ctx'];
}
