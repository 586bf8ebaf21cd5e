import { type Event, isTold, type Seat } from '../../core/environment.js';
import type { Episode } from '../../core/episode.js';
import type { Json } from '../../core/json.js';
import type { Move } from '../../core/space.js';
import type { Asked, Over, TableView, WireContext, WireState } from '../wire/wire.js';

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
/** A part as it was shown last, and the same as text, to see whether it changed. */
interface Shown {
  value: Json | object;
  text: string;
}
const CHANGING = ['view', 'rewards', 'asked', 'moved', 'waiting', 'over'] as const;
/** What changes by what the viewer does itself. */
const OWN = ['asked', 'moved'] as const;
const NOTHING = {};
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
  readonly #shown: { readonly [part in keyof Changing]: Shown };

  constructor(episode: Episode, looker: Looker, tick = 0) {
    this.#episode = episode;
    this.looker = looker;
    this.tick = tick;
    this.#shown = shownFirst(this.#now());
    this.#tell(this.#heard().length, []);
    this.#make([]);
  }

  /**
   * Looks again. Gives what is new to this viewer, oldest first.
   * NOTE: where something is hidden, what is the viewer's own comes apart from what all are told, and the view waits for
   * the latter or for the viewer's turn: the same two may come of one step here and of two there, which nobody may count.
   */
  look(situation: Situation = this.#situation): readonly Patch[] {
    this.#situation = situation;
    const isParted = situation.asked === null && !isOpen(this.#episode);
    const frames = isParted ? [this.#own(), this.#shared()] : [this.#all()];
    return frames.filter((operations) => operations.length > 0).map((operations) => this.#patch(operations));
  }

  #patch(operations: Operation[]): Patch {
    const from = this.tick++;
    operations.push(replace('/G/tick', this.tick), replace('/_stateID', this.tick));
    return { from, to: this.tick, operations };
  }

  #all(): Operation[] {
    const operations = this.#changes(CHANGING);
    this.#tell(this.#heard().length, operations);
    this.#make(operations);
    return operations;
  }

  #own(): Operation[] {
    const heard = this.#heard();
    const shared = heard.findIndex(({ to }, at) => at >= this.#events && to === 'all');
    const operations = this.#changes(OWN);
    this.#tell(shared < 0 ? heard.length : shared, operations);
    this.#make(operations);
    return operations;
  }

  #shared(): Operation[] {
    const told: Operation[] = [];
    this.#tell(this.#heard().length, told);
    return told.length === 0 && this.#situation.over === null ? [] : [...this.#changes(CHANGING), ...told];
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
    return Object.fromEntries(CHANGING.map((part) => [part, this.#part(part)])) as unknown as Changing;
  }

  #part(part: keyof Changing): Json | object {
    const { environment, state } = this.#episode;
    switch (part) {
      case 'view':
        return environment.view(state, this.looker);
      case 'rewards':
        return this.#seat === null ? NOTHING : this.#episode.told(this.#seat);
      case 'waiting':
        return waiting(this.#episode) as Json;
      default:
        return this.#situation[part] as Json;
    }
  }

  #return(): number {
    return this.#seat === null ? 0 : this.#episode.toldReturn(this.#seat);
  }

  #inWords(view: Json): string | null {
    return this.#episode.environment.show?.(view) ?? null;
  }

  #changes(parts: readonly (keyof Changing)[]): Operation[] {
    const operations: Operation[] = [];
    for (const part of parts) {
      const value = this.#part(part);
      if (!isNew(this.#shown[part], value)) continue;
      operations.push(replace(`/G/${part}`, value));
      this.#along(part, value, operations);
    }
    return operations;
  }

  /** What changes together with a part. */
  #along(part: keyof Changing, value: Json | object, operations: Operation[]): void {
    switch (part) {
      case 'view': {
        const words = this.#inWords(value as Json);
        if (words !== null) operations.push(replace('/G/shown', words));
        break;
      }
      case 'rewards':
        operations.push(replace('/G/return', this.#return()));
        break;
      case 'asked':
        operations.push(replace('/ctx/activePlayers', this.#active()));
        break;
      case 'over':
        operations.push({ op: 'add', path: '/ctx/gameover', value: this.#gameover() as Json });
    }
  }

  /** The events up to one that were not told before. */
  #tell(until: number, operations: Operation[]): void {
    const heard = this.#heard();
    for (; this.#events < until; this.#events++) {
      const event = heard[this.#events] as Event;
      const said = this.#episode.environment.say(event, this.looker);
      this.#said.push(said);
      operations.push(add('/G/events/-', event), add('/G/said/-', said));
    }
  }

  /** The own moves that were not told before. */
  #make(operations: Operation[]): void {
    const moves = this.#ownMoves();
    for (; this.#moves < moves.length; this.#moves++) operations.push(add('/G/moves/-', moves[this.#moves] as Move));
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

function shownFirst(now: Changing): { readonly [part in keyof Changing]: Shown } {
  const shown = CHANGING.map((part) => [part, { value: now[part], text: JSON.stringify(now[part]) }] as const);
  return Object.fromEntries(shown) as { [part in keyof Changing]: Shown };
}

/** Takes note of a part as it is now, and says whether it is another than before. */
function isNew(shown: Shown, value: Json | object): boolean {
  if (value === shown.value) return false;
  shown.value = value;
  const text = JSON.stringify(value);
  if (text === shown.text) return false;
  shown.text = text;
  return true;
}

function replace(path: string, value: Json | object): Operation {
  return { op: 'replace', path, value: value as Json };
}

function add(path: string, value: Json | Event | Move): Operation {
  return { op: 'add', path, value: value as Json };
}
