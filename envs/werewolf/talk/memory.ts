import type { Event } from '../../../src/core/environment.js';
import type { Config, Role } from '../config.js';
import { everyone, type Seats } from '../seats.js';
import type { Act, Finding } from './acts.js';
import { hear } from './hear.js';

/** A check as somebody told it (or as the seer saw it). */
export type Told = { readonly by: number; readonly who: number; readonly finding: Finding; readonly round: number };

/**
 * What one seat remembers: a digest of the events told to it, and of nothing else. Its own claims are here too, since
 * it hears itself speak.
 */
export class Memory {
  readonly me: number;
  readonly config: Config;
  readonly seats: number;
  role: Role = 'villager';
  /** All wolves, for a wolf; else nobody. */
  pack: Seats = 0;
  round = 0;
  alive: Seats;
  /** Everybody knows it: roles shown, and who was killed where only wolves can have done it. */
  provenWolves: Seats = 0;
  provenOthers: Seats = 0;
  readonly shown: (Role | null)[];
  /** What each player last said he was. */
  readonly claims: (Role | null)[];
  readonly claimedAt: number[];
  /** Who claimed one role and then another. */
  turned: Seats = 0;
  /** Checks told in the open. */
  readonly told: Told[] = [];
  /** The seer's own checks. */
  readonly seen: Told[] = [];
  /** By target: who ever spoke against it, who did so today, who spoke for it, who ever voted for it, who did now. */
  readonly accusers: Seats[];
  readonly accusersToday: Seats[];
  readonly defenders: Seats[];
  readonly voters: Seats[];
  readonly votersNow: Seats[];
  /** Speeches with nothing in them, by seat. */
  readonly idle: number[];
  /** Who has spoken today. */
  spoken: Seats = 0;
  /** What I have said today, so as not to say it again. */
  readonly mine: Act[] = [];
  /** By night: targets other wolves proposed, my (or the pack's) last target, a witch's victim, whether nobody died. */
  proposals: Seats = 0;
  lastTarget = -1;
  victim = -1;
  quietNight = false;
  killed: Seats = 0;
  #cursor = 0;

  constructor(me: number, config: Config, seats: number) {
    this.me = me;
    this.config = config;
    this.seats = seats;
    this.alive = everyone(seats);
    this.shown = new Array<Role | null>(seats).fill(null);
    this.claims = new Array<Role | null>(seats).fill(null);
    this.claimedAt = zeros(seats);
    this.accusers = zeros(seats);
    this.accusersToday = zeros(seats);
    this.defenders = zeros(seats);
    this.voters = zeros(seats);
    this.votersNow = zeros(seats);
    this.idle = zeros(seats);
  }

  get isWolf(): boolean {
    return this.role === 'werewolf';
  }

  /** Takes in the events that are new. */
  digest(events: readonly Event[]): void {
    for (; this.#cursor < events.length; this.#cursor++) this.#take(events[this.#cursor] as Event);
  }

  #take(event: Event): void {
    switch (event.kind) {
      case 'said':
        this.#listen(event.seat as number, event.text as string);
        break;
      case 'votes':
        this.#count(event.votes as readonly (readonly [number, number])[]);
        break;
      case 'phase':
        this.#phase(event.phase as string, event.round as number, event.alive as readonly number[]);
        break;
      case 'dawn':
        this.#dawn(event.killed as readonly number[], event.shown as readonly (string | null)[]);
        break;
      case 'out':
        if ((event.target as number) >= 0) this.#gone(event.target as number, event.shown as string | null);
        break;
      case 'shot':
        if ((event.target as number) >= 0) this.#gone(event.target as number, event.shown as string | null);
        break;
      default:
        this.#private(event);
    }
  }

  /** What only some are told. */
  #private(event: Event): void {
    const target = event.target as number;
    switch (event.kind) {
      case 'role':
        this.role = event.role as Role;
        break;
      case 'mates':
        for (const seat of event.seats as readonly number[]) this.pack |= 1 << seat;
        break;
      case 'saw':
        this.seen.push({ by: this.me, who: target, finding: findingOf(event.result as string), round: this.round });
        break;
      case 'proposed':
        if (event.seat !== this.me) this.proposals |= 1 << target;
        break;
      case 'chose':
        if (event.seat === this.me || event.act === 'kill') this.lastTarget = target;
        break;
      case 'victim':
        this.victim = target;
    }
  }

  #phase(phase: string, round: number, alive: readonly number[]): void {
    this.round = round;
    this.alive = 0;
    for (const seat of alive) this.alive |= 1 << seat;
    if (phase === 'night') this.proposals = 0;
    if (phase === 'discussion') this.#morning();
    if (phase === 'vote') this.votersNow.fill(0);
  }

  #morning(): void {
    this.accusersToday.fill(0);
    this.spoken = 0;
    this.mine.length = 0;
  }

  /** NOTE: only a witch can kill a wolf by night, so without one the dead of the night were no wolves. */
  #dawn(killed: readonly number[], shown: readonly (string | null)[]): void {
    this.quietNight = killed.length === 0;
    const wolvesOnly = this.config.roles.witch === 0;
    for (let i = 0; i < killed.length; i++) {
      const seat = killed[i] as number;
      this.killed |= 1 << seat;
      if (wolvesOnly) this.provenOthers |= 1 << seat;
      this.#gone(seat, shown[i] ?? null);
    }
  }

  #gone(seat: number, shown: string | null): void {
    this.alive &= ~(1 << seat);
    if (shown === null) return;
    if (shown === 'wolves' || shown === 'werewolf') this.provenWolves |= 1 << seat;
    else this.provenOthers |= 1 << seat;
    if (shown !== 'wolves' && shown !== 'village') this.shown[seat] = shown as Role;
  }

  #count(votes: readonly (readonly [number, number])[]): void {
    for (const [seat, target] of votes) {
      if (target < 0) continue;
      this.voters[target] = (this.voters[target] as number) | (1 << seat);
      this.votersNow[target] = (this.votersNow[target] as number) | (1 << seat);
    }
  }

  #listen(seat: number, text: string): void {
    const acts = hear(text);
    this.spoken |= 1 << seat;
    let said = 0;
    for (const act of acts) {
      if (seat === this.me) this.mine.push(act);
      if (act.kind !== 'pass') said++;
      if (act.who === null || act.who < this.seats) this.#hear(seat, act);
    }
    if (said === 0) this.idle[seat] = (this.idle[seat] as number) + 1;
  }

  #hear(by: number, act: Act): void {
    const { who } = act;
    switch (act.kind) {
      case 'claim':
        this.#claim(by, act.role as Role);
        break;
      case 'counter':
        this.#claim(by, act.role as Role);
        this.#against(by, who as number);
        break;
      case 'check':
        this.#check(by, who as number, act.finding as Finding, act.fresh);
        break;
      case 'accuse':
      case 'call':
      case 'doubt':
        this.#against(by, who as number);
        break;
      case 'defend':
        this.defenders[who as number] = (this.defenders[who as number] as number) | (1 << by);
    }
  }

  #claim(by: number, role: Role): void {
    const before = this.claims[by] ?? null;
    if (before === role) return;
    if (before !== null) this.turned |= 1 << by;
    this.claims[by] = role;
    this.claimedAt[by] = this.round;
  }

  #against(by: number, who: number): void {
    if (by === who) return;
    const bit = 1 << by;
    this.accusers[who] = (this.accusers[who] as number) | bit;
    this.accusersToday[who] = (this.accusersToday[who] as number) | bit;
  }

  /** A check told twice counts once; one that says otherwise than before marks a liar. */
  #check(by: number, who: number, finding: Finding, fresh: boolean): void {
    for (const told of this.told) {
      if (told.by !== by || told.who !== who) continue;
      if (told.finding !== finding) this.turned |= 1 << by;
      return;
    }
    this.told.push({ by, who, finding, round: fresh ? this.round : this.round - 1 });
    if (finding === 'wolf') this.#against(by, who);
  }
}

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}

function findingOf(result: string): Finding {
  return result === 'werewolf' ? 'wolf' : (result as Finding);
}
