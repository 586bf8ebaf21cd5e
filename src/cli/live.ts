import { Page, SECRET } from '../../agents/terminal/page.js';
import type { AgentManifest } from '../core/agent.js';
import type { Decided } from '../core/decide.js';
import { type Event, type Seat, seatName } from '../core/environment.js';
import type { PlayedStep, Progress, Table } from '../core/play.js';
import type { Paper } from './paper.js';

/**
 * The transcript of an episode for a reader who may know everything: who sits where, what happens, what seats thought.
 * What chance deals at the opening is gathered first, so that the list of seats already tells it.
 */
export class Live {
  readonly #table: Table;
  readonly #paper: Paper;
  readonly #page: Page;
  #seats: readonly AgentManifest[] = [];
  #opening: Event[] | null = [];

  constructor(table: Table, paper: Paper) {
    const { environment, config } = table;
    const { seats } = environment.spec.facts(config);
    this.#table = table;
    this.#paper = paper;
    this.#page = new Page({ environment, viewer: 'all', seats, ink: paper.ink, width: paper.width });
  }

  /** What a seat turned out to be: its role, its card. */
  badge(seat: Seat): string | undefined {
    return this.#page.badge(seat);
  }

  take(progress: Progress): void {
    switch (progress.kind) {
      case 'started':
        this.#seats = progress.seats;
        if (!this.#deals()) this.#open();
        break;
      case 'step':
        this.#step(progress);
        break;
      case 'ended':
        this.#open();
    }
  }

  /** NOTE: asked of the rules, since a story told afterwards starts with an episode that is over. */
  #deals(): boolean {
    const { environment, config } = this.#table;
    return environment.turn(environment.start(config)).kind === 'chance';
  }

  #step({ step, events, turn }: Progress & { kind: 'step' }): void {
    if (this.#opening !== null && step.chance !== undefined) {
      this.#opening.push(...events);
      if (turn.kind !== 'chance') this.#open();
      return;
    }
    this.#open();
    this.#paper.write([...this.#decisions(step), ...this.#page.events(events)]);
  }

  /** The head of the page: what the opening says of single seats stands beside them, the rest below. */
  #open(): void {
    const opening = this.#opening;
    if (opening === null) return;
    this.#opening = null;
    const rest = opening.filter((event) => !this.#page.learn(event));
    this.#paper.write([...this.#head(), ...this.#page.events(rest)]);
  }

  #head(): string[] {
    const { environment, seed } = this.#table;
    const { ink } = this.#paper;
    const { title, version } = environment.spec;
    const first = `${ink('bold', title)}${ink('dim', `  ${environment.spec.id} ${version} · seed ${seed}`)}`;
    const seats = this.#seats.map((manifest, seat) => `  ${this.#page.name(seat)}  ${ink('dim', manifest.agent)}`);
    const facts = environment.spec.facts(this.#table.config);
    const key =
      facts.information === 'imperfect'
        ? ['', `  ${ink('dim', `${SECRET} told to some seats only; you are shown everything`)}`]
        : [];
    return ['', first, '', ...seats, ...key, ''];
  }

  /** What stands behind the moves of a step: thoughts, failed tries, substitutes. */
  #decisions({ seats }: PlayedStep): string[] {
    return Object.entries(seats ?? {}).flatMap(([seat, decided]) => this.#decision(Number(seat), decided as Decided));
  }

  #decision(seat: number, { thought, tries, substituted, by }: Decided): string[] {
    const name = seatName(seat);
    const failed = (tries ?? []).flatMap((one) => this.#page.remark(`${name}: ${one.failure} answer: ${one.reason}`));
    const thoughts = thought === undefined || thought === '' ? [] : this.#page.thought(seat, thought);
    const stated =
      substituted === true ? this.#page.remark(`${name} gave no usable answer; the table moves for it`) : [];
    const other = by === undefined ? [] : this.#page.remark(`${by} plays for ${name}`);
    return [...other, ...failed, ...thoughts, ...stated];
  }
}
