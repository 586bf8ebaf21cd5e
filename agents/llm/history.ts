import type { ActRequest, Message, Place } from '../../src/core/agent.js';
import { sayAll } from '../../src/core/observation.js';
import type { ActionSpace, Move } from '../../src/core/space.js';
import type { Asking } from './answers/asking.js';
import { type PastTurn, resultsOf } from './past.js';
import type { Choice } from './style.js';

/** A turn that was put before the model, until the next one tells what was played. */
interface Open {
  readonly told: string;
  readonly space: ActionSpace;
  /** Null as long as every try failed. */
  readonly choice: Choice | null;
}

/** The turns of a seat: what it was told at each, and what was played. */
export class History {
  readonly #place: Place;
  readonly #asking: Asking;
  readonly #past: PastTurn[] = [];
  #seen = 0;
  #open: Open | null = null;

  constructor(place: Place, asking: Asking) {
    this.#place = place;
    this.#asking = asking;
  }

  /** Finished turns, oldest first. */
  get past(): readonly PastTurn[] {
    return this.#past;
  }

  /** A turn begins with these words. */
  ask(told: string, space: ActionSpace): void {
    this.#open = { told, space, choice: null };
  }

  /** The turn was answered. */
  answer(choice: Choice): void {
    if (this.#open !== null) this.#open = { ...this.#open, choice };
  }

  /** Closes the last turn as it was played, and says what has happened since and what is seen now. */
  tell({ events, moves, view, refused }: ActRequest): string {
    const { environment, seat } = this.#place;
    const first = this.#seen === 0;
    const note = this.#settle(moves);
    const news = this.#news(events.slice(this.#seen));
    this.#seen = events.length;
    const heading = first ? 'What has happened:' : 'Since your last turn:';
    const happened = sayAll(environment, news, seat).join('\n');
    const shown = environment.show?.(view) ?? '';
    const parts = [note, happened === '' ? '' : `${heading}\n${happened}`, shown, refused?.text ?? ''];
    return parts.filter((part) => part !== '').join('\n\n');
  }

  /** Gives results to the last turn's tool calls; what is left is news. */
  #news(events: ActRequest['events']): ActRequest['events'] {
    const last = this.#past.at(-1);
    if (last === undefined) return events;
    const { results, rest } = resultsOf(last.answer, events, this.#place.environment, this.#place.seat);
    this.#past[this.#past.length - 1] = { ...last, results };
    return rest;
  }

  /** Keeps the last turn. Gives a note where what was played is no answer of the model. */
  #settle(moves: readonly Move[]): string {
    const played = moves.at(-1);
    if (played === undefined) return '';
    if (this.#open === null) return `Your moves so far: ${moves.map((move) => JSON.stringify(move)).join(', ')}`;
    const { choice, space } = this.#open;
    this.#past.push({
      user: this.#words(this.#open),
      answer: choice === null ? null : this.#said(choice, space, played),
      results: [],
    });
    if (choice !== null) return '';
    return `You gave no answer that could be played, so this was played for you: ${JSON.stringify(played)}`;
  }

  /** What a turn told and asked, without what a style put around it. */
  #words({ told, space, choice }: Open): string {
    const how = this.#asking.form.words(this.#place.environment.spec, space, choice?.kept);
    return told === '' ? how : `${told}\n\n${how}`;
  }

  /**
   * The answer as it came, where it is what was played and holds no thought that is to be forgotten; else what was
   * played, as the model would have written it.
   */
  #said({ move, answer, kept }: Choice, space: ActionSpace, played: Move): Message {
    const own = answer !== null && JSON.stringify(move) === JSON.stringify(played) ? answer : null;
    if (own !== null && (kept !== undefined || own.thought === '')) return own.said;
    return this.#asking.form.write(this.#place.environment.spec, space, played);
  }
}
