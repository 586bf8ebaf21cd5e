import { type Environment, type Event, isTold, type Seat, seatName, type Viewer } from '../../src/core/environment.js';
import { clean, type Format, type Ink, wrap } from './ink.js';

/** One colour a seat, the same wherever it is named. */
const COLOURS: readonly Format[] = [
  'cyan',
  'yellow',
  'green',
  'magenta',
  'blue',
  'redBright',
  'cyanBright',
  'yellowBright',
];
const NAME = new RegExp(`\\b${seatName(0).replace('0', '(\\d+)')}\\b`, 'g');
/** Stands before what only some of the seats are told. */
export const SECRET = '◇';

/** Sets what happens for one reader: headings, speech in columns, everything else as lines of words. */
export class Page {
  readonly #environment: Environment;
  readonly #viewer: Viewer;
  readonly #ink: Ink;
  readonly #width: number;
  readonly #badges = new Map<Seat, string>();
  #column: number;
  /** Whose thought stands last on the page: what it says next needs no name again. */
  #thinking: Seat | null = null;

  constructor(reader: {
    readonly environment: Environment;
    readonly viewer: Viewer;
    readonly seats: number;
    readonly ink: Ink;
    readonly width: number;
  }) {
    this.#environment = reader.environment;
    this.#viewer = reader.viewer;
    this.#ink = reader.ink;
    this.#width = reader.width;
    this.#column = seatName(reader.seats - 1).length;
  }

  /** Events as lines, in order; those the reader is not told are left out. */
  events(events: readonly Event[]): string[] {
    const told = events.filter((event) => isTold(event, this.#viewer));
    return told.flatMap((event) => {
      const lines = this.#event(event);
      this.#thinking = null;
      return lines;
    });
  }

  /** Takes in what an event says of its seat, if it is that kind of event. */
  learn(event: Event): boolean {
    const look = this.#lookOf(event);
    if (typeof look !== 'object' || typeof event.seat !== 'number') return false;
    if (!isTold(event, this.#viewer)) return false;
    const badge = clean(String(event[look.badge]));
    this.#badges.set(event.seat, badge);
    this.#column = Math.max(this.#column, seatName(event.seat).length + 1 + badge.length);
    return true;
  }

  /** What the reader has learnt a seat to be: its role, its card. */
  badge(seat: Seat): string | undefined {
    return this.#badges.get(seat);
  }

  /** What a seat thought before it moved. */
  thought(seat: Seat, text: string): string[] {
    const lines = this.#columns(seat, wrap(`(${text})`, this.#textWidth), 'dim');
    this.#thinking = seat;
    return lines;
  }

  /** A remark of the table itself about a seat. */
  remark(text: string): string[] {
    return this.lines(text, 'red');
  }

  /** The name of a seat with its badge, padded to the column of names. */
  name(seat: Seat): string {
    const badge = this.#badges.get(seat);
    const padding = ' '.repeat(Math.max(0, this.#column - this.#plainName(seat).length));
    return `${this.#paintName(seat)}${badge === undefined ? '' : ` ${this.#ink('dim', badge)}`}${padding}`;
  }

  /** A heading across the page. */
  heading(title: string): string[] {
    const rule = '─'.repeat(Math.max(3, this.#width - title.length - 4));
    return ['', `${this.#ink('dim', '──')} ${this.#ink('bold', title)} ${this.#ink('dim', rule)}`];
  }

  /** Words with the names of seats in their colours, wrapped and indented. */
  lines(text: string, format: Format | null = null, mark = ' '): string[] {
    return wrap(text, this.#width - 4).map((line, index) => {
      const painted = this.#paintNames(line, format);
      return `${index === 0 && mark !== ' ' ? this.#ink('magenta', mark) : ' '} ${painted}`;
    });
  }

  get #textWidth(): number {
    return Math.max(24, this.#width - this.#column - 4);
  }

  #event(event: Event): string[] {
    const look = this.#lookOf(event);
    this.learn(event);
    if (look === 'speech' && typeof event.seat === 'number' && typeof event.text === 'string') {
      return this.#speech(event.seat, event.text);
    }
    const said = this.#environment.say(event, this.#viewer);
    if (said === '') return [];
    if (look === 'heading') return this.#opening(said);
    const secret = this.#viewer === 'all' && event.to !== 'all';
    return secret ? this.lines(said, 'dim', SECRET) : this.lines(said);
  }

  /** The first sentence is the heading, the rest stands below it. */
  #opening(said: string): string[] {
    const [, title = said, rest = ''] = /^([^.:\n]+)[.:\n]?\s*([\s\S]*)$/.exec(said) ?? [];
    return [...this.heading(clean(title)), ...(rest === '' ? [] : this.lines(rest, 'dim'))];
  }

  #speech(seat: Seat, text: string): string[] {
    if (text.trim() === '') return this.#columns(seat, ['(says nothing)'], 'dim');
    return this.#columns(seat, wrap(text, this.#textWidth), null);
  }

  #columns(seat: Seat, lines: readonly string[], format: Format | null): string[] {
    const blank = ' '.repeat(this.#column);
    const first = this.#thinking === seat ? blank : this.name(seat);
    return lines.map((line, index) => `  ${index === 0 ? first : blank}  ${this.#paintNames(line, format)}`);
  }

  #lookOf(event: Event) {
    return this.#environment.spec.events[event.kind]?.look;
  }

  #plainName(seat: Seat): string {
    const badge = this.#badges.get(seat);
    return badge === undefined ? seatName(seat) : `${seatName(seat)} ${badge}`;
  }

  #paintName(seat: Seat): string {
    return this.#ink(COLOURS[seat % COLOURS.length] as Format, seatName(seat));
  }

  /** NOTE: a format is put on piece by piece, because the end of a name's colour would end it too. */
  #paintNames(line: string, format: Format | null): string {
    const plain = (text: string): string => (format === null || text === '' ? text : this.#ink(format, text));
    let painted = '';
    let at = 0;
    for (const match of line.matchAll(NAME)) {
      painted += plain(line.slice(at, match.index)) + this.#paintName(Number(match[1]));
      at = match.index + match[0].length;
    }
    return painted + plain(line.slice(at));
  }
}
