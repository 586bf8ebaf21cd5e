import type { ActRequest, Agent, AgentFamily, AgentManifest, Decision, Place } from '../src/core/agent.js';
import { type Event, seatName } from '../src/core/environment.js';
import { wrap } from './terminal/ink.js';
import { Page } from './terminal/page.js';
import { askPerson } from './terminal/question.js';
import { Terminal } from './terminal/terminal.js';

/** NOTE: there is one keyboard, whoever sits at it. */
const terminal = new Terminal();

/** A person at the terminal. Is shown what its seat is told, as it happens, and asked until the answer can be played. */
class Person implements Agent {
  /** `terminal` tells whoever runs the game that somebody reads along who may only see one seat's part of it. */
  readonly manifest: AgentManifest;
  readonly #place: Place;
  readonly #page: Page;
  #unread: Event[] = [];
  #greeted = false;

  constructor(place: Place, pseudonym: string) {
    this.manifest =
      pseudonym === ''
        ? { agent: 'human', terminal: true }
        : { agent: `human:${pseudonym}`, person: pseudonym, terminal: true };
    const { environment, config, seat } = place;
    const { seats } = environment.spec.facts(config);
    this.#place = place;
    this.#page = new Page({ environment, viewer: seat, seats, ink: terminal.ink, width: terminal.width });
    terminal.join();
  }

  act(request: ActRequest): Promise<Decision> {
    return terminal.alone(async () => {
      this.#read();
      this.#look(request);
      return { move: await askPerson(terminal, this.#place.environment, request) };
    });
  }

  /** NOTE: where several people share the terminal, each one's news waits for its own turn. */
  news(event: Event): void {
    this.#unread.push(event);
    if (terminal.people === 1) this.#read();
  }

  close(): void {
    this.#read();
    terminal.leave();
  }

  #greet(): void {
    if (this.#greeted) return;
    this.#greeted = true;
    const hint = `You are ${seatName(this.#place.seat)}. Type ? for the rules; Ctrl-C stops and keeps the game.`;
    terminal.write(['', `  ${terminal.ink('bold', hint)}`]);
  }

  #read(): void {
    this.#greet();
    const lines = this.#page.events(this.#unread);
    this.#unread = [];
    terminal.write(lines);
  }

  #look({ view, refused, budgetMs }: ActRequest): void {
    const shown = this.#place.environment.show?.(view) ?? '';
    if (shown !== '') terminal.write(['', ...wrap(shown, terminal.width - 2).map((line) => `  ${line}`)]);
    if (refused !== null) terminal.write([`  ${terminal.ink('red', refused.text)}`]);
    if (budgetMs !== null) terminal.write([`  You have ${Math.ceil(budgetMs / 1000)} s.`]);
  }
}

const human: AgentFamily = {
  id: 'human',
  title: 'a person at this terminal',
  usage: 'human or human:<pseudonym>, for example human:blue-heron; exports keep all games of a pseudonym together',
  terminal: true,
  open: (pseudonym) => (place) => new Person(place, pseudonym),
};

export default human;
