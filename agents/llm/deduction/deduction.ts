import { z } from 'zod';
import type { ActRequest, Place } from '../../../src/core/agent.js';
import { type Environment, type Seat, seatName } from '../../../src/core/environment.js';
import type { Json } from '../../../src/core/json.js';
import type { Form } from '../../../src/core/space.js';
import type { Question } from '../question.js';

const SIDES = ['ally', 'opponent', 'uncertain'] as const;

/** What a seat believes of another one. */
export interface Belief {
  readonly player: string;
  readonly side: (typeof SIDES)[number];
  /** From 5, a guess, to 10, certain. */
  readonly confidence: number;
  /** Numbers of the lines that it rests on. */
  readonly evidence: readonly number[];
  readonly reasoning: string;
}

/** What was deduced, and how many lines were there to deduce it from. */
export interface Deduction {
  readonly beliefs: readonly Belief[];
  readonly lines: number;
}

/** An event in words, numbered; of speech, the seat that spoke. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly speaker: Seat | null;
}

/** Everything the seat was told, as numbered lines. Speech is what the environment declares as speech. */
export function linesOf(environment: Environment, { events, seat }: Pick<ActRequest, 'events' | 'seat'>): Line[] {
  const said = events.map((event) => {
    const speech = environment.spec.events[event.kind]?.look === 'speech' && typeof event.seat === 'number';
    return { text: environment.say(event, seat), speaker: speech && event.seat !== seat ? (event.seat as Seat) : null };
  });
  return said.filter(({ text }) => text !== '').map((line, index) => ({ number: index + 1, ...line }));
}

/** How far a player's words can be trusted, 1 to 10; 6 where nothing is known. */
export function reliability(belief: Belief | undefined): number {
  if (belief === undefined || belief.side === 'uncertain') return 6;
  return belief.side === 'opponent' ? 11 - belief.confidence : belief.confidence;
}

/**
 * The record sorted by trust: facts, potential truths (words of players with a reliability above 6), and potential
 * deceptions. Words that the last deduction saw and rested nothing on are left out.
 */
export function recordOf(lines: readonly Line[], known: Deduction): string {
  const cited = new Set(known.beliefs.flatMap(({ evidence }) => evidence));
  const kept = lines.filter(({ number, speaker }) => speaker === null || number > known.lines || cited.has(number));
  const trusted = ({ speaker }: Line): boolean => reliability(beliefIn(known, speaker)) > 6;
  const parts = [
    ['Facts', kept.filter(({ speaker }) => speaker === null)],
    ['Potential truths', kept.filter((line) => line.speaker !== null && trusted(line))],
    ['Potential deceptions', kept.filter((line) => line.speaker !== null && !trusted(line))],
  ] as const;
  const written = parts
    .filter(([, part]) => part.length > 0)
    .map(([title, part]) => `${title}:\n${part.map(({ number, text }) => `[${number}] ${text}`).join('\n')}`);
  return [
    ...written,
    ...(known.beliefs.length === 0 ? [] : [`What you believed:\n${inWords(known.beliefs)}`]),
    ASK,
  ].join('\n\n');
}

const ASK = 'Deduce which side each other player is on, and name the numbers of the lines that it rests on.';

/** Beliefs as lines. */
function inWords(beliefs: readonly Belief[]): string {
  return beliefs
    .map((belief) => {
      const { player, side, confidence, reasoning } = belief;
      return `${player}: ${side}, confidence ${confidence}, reliability ${reliability(belief)}. ${reasoning}`.trim();
    })
    .join('\n');
}

/** Asks for a deduction about every other seat. */
export function deductionWanted({ environment, config, seat }: Place): Omit<Question, 'text'> {
  const { seats } = environment.spec.facts(config);
  const others = Array.from({ length: seats }, (_, other) => other).filter((other) => other !== seat);
  return { space: { kind: 'form', form: FORM }, vocabulary: { forms: { [FORM]: formFor(others.map(seatName)) } } };
}

/** The beliefs of an answer. */
export function beliefsIn(move: Json): readonly Belief[] {
  return (move as unknown as { readonly players: readonly Belief[] }).players;
}

const FORM = 'deduction';

function formFor(players: readonly string[]): Form {
  const belief = z.strictObject({
    player: z.enum(players as [string, ...string[]]),
    side: z.enum(SIDES),
    confidence: z.number().int().min(5).max(10),
    evidence: z.array(z.number().int().min(1).max(100_000)),
    reasoning: z.string(),
  });
  return {
    description: `{"players": [{"player": ${players.join(' | ')}, "side": ${SIDES.join(' | ')}, "confidence": 5 to 10, "evidence": [line numbers], "reasoning": "..."}]}, each player once`,
    schema: z.strictObject({ players: z.array(belief).max(players.length) }),
    refuse: (value) => {
      const named = beliefsIn(value).map(({ player }) => player);
      return new Set(named).size === named.length ? null : 'a player is named twice';
    },
    sample: () => ({ players: [] }),
  };
}

function beliefIn(known: Deduction, seat: Seat | null): Belief | undefined {
  return seat === null ? undefined : known.beliefs.find(({ player }) => player === seatName(seat));
}
