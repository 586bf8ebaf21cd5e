import type { ScriptTurn, Seat } from '../../../src/core/environment.js';
import type { JsonObject } from '../../../src/core/json.js';
import type { Rng } from '../../../src/core/rng.js';
import type { ChoiceSpace, FormSpace, Move, TextSpace } from '../../../src/core/space.js';
import { type Config, seatsOf } from '../config.js';
import type { Act } from './acts.js';
import { bid, vote } from './ballot.js';
import { type Choice, verbOf } from './choose.js';
import { guess } from './guess.js';
import { Memory } from './memory.js';
import { brew, kill, protect, see, shoot } from './night.js';
import { type Mood, moodOf, type Style } from './styles.js';
import { NAMES } from './template.js';
import { villageSpeech } from './village.js';
import { wolfSpeech } from './wolf.js';
import { write } from './write.js';

type Answer = { readonly move: Move; readonly thought?: string };

/**
 * A rule-based player of one seat in one game. It knows what its seat was told and nothing else; its variety comes from
 * the seat's own random numbers.
 */
export class Talker {
  readonly #memory: Memory;
  readonly #mood: Mood;

  constructor(seat: Seat, config: Config, style: Style, rng: Rng) {
    this.#memory = new Memory(seat, config, seatsOf(config));
    this.#mood = moodOf(style, rng);
  }

  act({ space, events, rng }: Pick<ScriptTurn, 'space' | 'events' | 'rng'>): Answer {
    this.#memory.digest(events);
    switch (space.kind) {
      case 'text':
        return this.#speak(space, rng);
      case 'form':
        return { move: this.#predict(space) };
      case 'choice':
        return this.#choose(space, rng);
      case 'tools':
        return { move: [] };
    }
  }

  #speak(space: TextSpace, rng: Rng): Answer {
    const acts = this.#memory.isWolf
      ? wolfSpeech(this.#memory, this.#mood, rng)
      : villageSpeech(this.#memory, this.#mood, rng);
    return { move: write(acts, rng, space.maxChars), thought: intent(acts, this.#memory.isWolf) };
  }

  #predict(space: FormSpace): JsonObject {
    return guess(this.#memory, space.limits);
  }

  #choose(space: ChoiceSpace, rng: Rng): Answer {
    const memory = this.#memory;
    const mood = this.#mood;
    switch (verbOf(space.options[0]?.id ?? '')) {
      case 'bid':
        return { move: `bid ${bid(memory, mood, rng)}` };
      case 'kill':
        return decided(space, kill(memory, mood, space, rng), HUNTS, rng);
      case 'see':
        return decided(space, see(memory, mood, space, rng), WONDERS, rng);
      case 'save':
      case 'guard':
        return decided(space, protect(memory, mood, space, rng), KEEPS, rng);
      case 'vote':
        return decided(space, vote(memory, mood, space, rng), memory.isWolf ? HUNTS : SUSPECTS, rng);
      case 'shoot':
        return decided(space, shoot(memory, mood, space, rng), SUSPECTS, rng);
      default:
        return { move: brew(memory, mood, space, rng) ?? lastOf(space) };
    }
  }
}

const HUNTS = NAMES.map((name) => `I want ${name} gone.`);
const WONDERS = NAMES.map((name) => `I want to know what ${name} is.`);
const KEEPS = NAMES.map((name) => `I want ${name} to live.`);
const SUSPECTS = NAMES.map((name) => `I take ${name} for a werewolf.`);

/** The chosen option, or the one that aims at nobody, or any. */
function decided(space: ChoiceSpace, choice: Choice | null, thoughts: readonly string[], rng: Rng): Answer {
  if (choice !== null) return { move: choice.id, thought: thoughts[choice.target] as string };
  const last = lastOf(space);
  return { move: last.includes(' ') ? rng.pick(space.options).id : last };
}

/** NOTE: where nobody may be chosen, that option comes last. */
function lastOf(space: ChoiceSpace): string {
  return (space.options[space.options.length - 1] as { id: string }).id;
}

/** What a speech is meant to do, for readers of records. */
function intent(acts: readonly Act[], wolf: boolean): string {
  const first = acts[0];
  if (first === undefined || first.kind === 'pass') return 'I keep out of it.';
  if (first.kind === 'claim' || first.kind === 'counter') {
    if (wolf) return first.role === 'werewolf' ? 'I am tired of hiding.' : 'A false claim should help us now.';
    return 'It is time to say what I am.';
  }
  const name = first.who === null ? '' : (NAMES[first.who] as string);
  if (name === '') return 'I have to clear my name.';
  return wolf ? `The village should look at ${name}.` : `I want to hear what others make of ${name}.`;
}
