import { type Event, isTold, type Seat } from '../../core/environment.js';
import type { Episode } from '../../core/episode.js';
import type { Json } from '../../core/json.js';
import type { Move } from '../../core/space.js';
import type { Asked, Over, TableView, WireContext, WireState } from './wire.js';

/** Who looks at a table: somebody in a seat, or a spectator. */
export type Looker = Seat | 'public';

/** What of a table is not in its episode: what the seat is asked, whether its move is in, how it all ended. */
export interface Situation {
  readonly asked: Asked | null;
  readonly moved: boolean;
  readonly over: Over | null;
}

/** One operation of a JSON Patch (RFC 6902). */
export type Operation = { readonly op: 'add' | 'replace'; readonly path: string; readonly value: Json };

/** A change of what a viewer sees: boardgame.io's `patch` from one of the viewer's updates to the next. */
export interface Patch {
  readonly from: number;
  readonly to: number;
  readonly operations: readonly Operation[];
}

type Changing = Pick<TableView, 'view' | 'rewards' | 'asked' | 'moved' | 'waiting' | 'over'>;
/** The parts as text, to see whether they changed. */
type Written = { [part in (typeof CHANGING)[number]]: string };
const CHANGING = ['view', 'rewards', 'asked', 'moved', 'waiting', 'over'] as const;
const NOBODY: Situation = { asked: null, moved: false, over: null };

/**
 * What one viewer was shown of an episode so far, and what is new. A frame comes of it only when something changed for
 * this viewer, and its number counts such frames alone, so that nothing tells of what others do in secret.
 */
export class Eye {
  readonly looker: Looker;
  /** The number of the last frame. */
  tick: number;
  readonly #episode: Episode;
  #situation: Situation = NOBODY;
  /** How far the episode's log was read, and what of it was for the public. */
  #read = 0;
  readonly #public: Event[] = [];
  readonly #said: string[] = [];
  #moves = 0;
  #events = 0;
  #shown: Written;

  constructor(episode: Episode, looker: Looker, tick = 0) {
    this.#episode = episode;
    this.looker = looker;
    this.tick = tick;
    this.#shown = written(this.#now());
    this.#count();
  }

  /** Looks again. Gives the change, or null when nothing is new to this viewer. */
  look(situation: Situation = this.#situation): Patch | null {
    this.#situation = situation;
    const operations = [...this.#changes(), ...this.#news()];
    if (operations.length === 0) return null;
    const from = this.tick++;
    operations.push(replace('/G/tick', this.tick), replace('/_stateID', this.tick));
    return { from, to: this.tick, operations };
  }

  /** All there is now as one change, whatever the viewer has. @param from the last update that went out */
  anew(from: number): Patch {
    const { G, ctx, _stateID } = this.whole();
    const operations = [replace('/G', G), replace('/ctx', ctx), replace('/_stateID', _stateID)];
    return { from, to: _stateID, operations };
  }

  /**
   * All that was shown so far, for whoever comes or comes back. Counts nothing.
   * @param clock what it says now, where the viewer has one
   */
  whole(clock?: Pick<Asked, 'leftMs' | 'paused'>): WireState {
    const { asked, ...table } = this.#table();
    return {
      G: { ...table, asked: asked === null ? null : { ...asked, ...clock } },
      ctx: this.#context(),
      plugins: {},
      _undo: [],
      _redo: [],
      _stateID: this.tick,
    };
  }

  #table(): TableView {
    const { spec } = this.#episode.environment;
    const { view, ...more } = this.#now();
    return {
      tick: this.tick,
      environment: spec.id,
      version: spec.version,
      seat: this.#seat,
      seats: this.#episode.facts.seats,
      rules: spec.rules(this.#episode.config),
      view,
      shown: this.#inWords(view),
      events: this.#heard().slice(0, this.#events),
      said: this.#said.slice(0, this.#events),
      moves: this.#ownMoves().slice(0, this.#moves),
      return: this.#return(),
      ...more,
    };
  }

  get #seat(): Seat | null {
    return this.looker === 'public' ? null : this.looker;
  }

  #now(): Changing {
    const { environment, state } = this.#episode;
    return {
      view: environment.view(state, this.looker),
      rewards: this.#seat === null ? {} : this.#episode.told(this.#seat),
      waiting: waiting(this.#episode),
      ...this.#situation,
    };
  }

  #return(): number {
    return this.#seat === null ? 0 : this.#episode.toldReturn(this.#seat);
  }

  #inWords(view: Json): string | null {
    return this.#episode.environment.show?.(view) ?? null;
  }

  #changes(): Operation[] {
    const now = this.#now();
    const shown = written(now);
    const operations: Operation[] = [];
    for (const part of CHANGING) {
      if (shown[part] === this.#shown[part]) continue;
      operations.push(replace(`/G/${part}`, now[part] as Json), ...this.#along(part, now));
    }
    this.#shown = shown;
    return operations;
  }

  /** What changes together with a part. */
  #along(part: keyof Changing, now: Changing): Operation[] {
    switch (part) {
      case 'view': {
        const words = this.#inWords(now.view);
        return words === null ? [] : [replace('/G/shown', words)];
      }
      case 'rewards':
        return [replace('/G/return', this.#return())];
      case 'asked':
        return [replace('/ctx/activePlayers', this.#active())];
      case 'over':
        return [{ op: 'add', path: '/ctx/gameover', value: this.#gameover() as Json }];
      default:
        return [];
    }
  }

  #news(): Operation[] {
    const operations: Operation[] = [];
    const [events, moves] = [this.#events, this.#moves];
    this.#count();
    const heard = this.#heard();
    for (let at = events; at < this.#events; at++) {
      operations.push(add('/G/events/-', heard[at] as Event), add('/G/said/-', this.#said[at] as string));
    }
    const own = this.#ownMoves();
    for (let at = moves; at < this.#moves; at++) operations.push(add('/G/moves/-', own[at] as Move));
    return operations;
  }

  /** Takes note of how much there is to be known now. */
  #count(): void {
    const heard = this.#heard();
    for (let at = this.#said.length; at < heard.length; at++) {
      this.#said.push(this.#episode.environment.say(heard[at] as Event, this.looker));
    }
    this.#events = heard.length;
    this.#moves = this.#ownMoves().length;
  }

  #heard(): readonly Event[] {
    if (this.#seat !== null) return this.#episode.heard(this.#seat).events;
    const { log } = this.#episode;
    for (; this.#read < log.length; this.#read++) {
      const event = log[this.#read] as Event;
      if (isTold(event, 'public')) this.#public.push(event);
    }
    return this.#public;
  }

  #ownMoves(): readonly Move[] {
    return this.#seat === null ? [] : this.#episode.heard(this.#seat).moves;
  }

  #context(): WireContext {
    const playOrder = Array.from({ length: this.#episode.facts.seats }, (_, seat) => String(seat));
    const gameover = this.#gameover();
    return {
      numPlayers: playOrder.length,
      turn: 1,
      currentPlayer: '0',
      playOrder,
      playOrderPos: 0,
      phase: null,
      numMoves: 0,
      activePlayers: this.#active(),
      ...(gameover === null ? {} : { gameover }),
    };
  }

  #active(): WireContext['activePlayers'] {
    return this.#situation.asked === null ? {} : { [String(this.looker)]: 'act' };
  }

  #gameover(): NonNullable<WireContext['gameover']> | null {
    const { over } = this.#situation;
    return over === null ? null : { how: over.how, outcome: over.outcome, returns: over.returns };
  }
}

/** Who is awaited, where everything that happens is told to everybody. */
function waiting(episode: Episode): readonly Seat[] | null {
  if (!isOpen(episode)) return null;
  return episode.turn.kind === 'act' ? Object.keys(episode.turn.spaces).map(Number) : [];
}

/** Whether who acts, and when, is known to all. */
export function isOpen(episode: Episode): boolean {
  return episode.facts.information === 'perfect';
}

function written(now: Changing): Written {
  const text = {} as Written;
  for (const part of CHANGING) text[part] = JSON.stringify(now[part]);
  return text;
}

function replace(path: string, value: Json | object): Operation {
  return { op: 'replace', path, value: value as Json };
}

function add(path: string, value: Json | Event): Operation {
  return { op: 'add', path, value: value as Json };
}
