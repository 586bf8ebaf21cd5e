import { unpackStep } from '../../../replays/messages.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { refuseOtherVersion } from '../../../replays/session.js';
import { isOwn } from '../../../src/core/decide.js';
import { Episode } from '../../../src/core/episode.js';
import { UserError } from '../../../src/core/errors.js';
import type { JsonObject } from '../../../src/core/json.js';
import { movesOf, type PlayedStep } from '../../../src/core/play.js';
import type { Encoder, Information } from '../../encoding.js';
import { canonical } from '../../folder.js';
import { openPart, type Plays } from '../../part.js';
import type { Game } from '../../solver.js';
import type { Settings } from './settings.js';

/** One choice that somebody made: what they saw, and the position in the vocabulary of what they took. */
export interface Choice extends Information {
  readonly action: number;
}

/**
 * The choices of the records that are to be learnt from, by episode; episodes without any are left out.
 * @throws UserError when a record is of another game, or nothing is left to learn from
 */
export async function choicesOf(
  game: Game,
  encoder: Encoder,
  settings: Settings,
  records: AsyncIterable<EpisodeRecord>,
): Promise<Choice[][]> {
  const { environment, config } = game;
  const { plays } = await openPart(
    { learns: settings.learns, speaker: null, advice: false, others: null },
    environment.spec.facts(config),
    refuse,
  );
  const episodes: Choice[][] = [];
  let read = 0;
  for await (const record of records) {
    read++;
    refuseOtherGame(record, game);
    const seats = chosenSeats(record, settings);
    const choices = choicesIn(record, game, encoder, (seat, view) => seats.includes(seat) && plays(seat, view));
    if (choices.length > 0) episodes.push(choices);
  }
  if (episodes.length > 0) return episodes;
  throw new UserError(`${settings.records} holds ${read} records and no choice to learn from; ${wanted(settings)}`);
}

function refuseOtherGame({ id, environment: of }: EpisodeRecord, { environment, config }: Game): void {
  refuseOtherVersion(of, environment);
  if (canonical(of.config as JsonObject) === canonical(config)) return;
  throw new UserError(`record ${id} is of ${of.id} with another configuration: ${canonical(of.config as JsonObject)}`);
}

/** NOTE: no agent is named by a part without speaker and others. */
async function refuse(): Promise<never> {
  throw new Error('no agent plays in records');
}

function wanted({ agent, winners, learns }: Settings): string {
  const of = agent === null ? '' : ` of the agent "${agent}"`;
  return `wanted are choices${of} of seats that learn (${JSON.stringify(learns)})${winners ? ' and won' : ''}`;
}

function chosenSeats({ seats, end }: EpisodeRecord, { agent, winners }: Settings): number[] {
  const best = Math.max(...(end.returns ?? []));
  const all = seats.map((_, seat) => seat);
  const named = agent === null ? all : all.filter((seat) => seats[seat]?.agent === agent);
  return winners ? named.filter((seat) => end.returns?.[seat] === best) : named;
}

function choicesIn(record: EpisodeRecord, { environment, config }: Game, encoder: Encoder, plays: Plays): Choice[] {
  const episode = new Episode(environment, config);
  const choices: Choice[] = [];
  for (const packed of record.steps) {
    const step = unpackStep(packed, []);
    for (const [seat, decided] of Object.entries(step.seats ?? {})) {
      const choice = choiceOf(episode, Number(seat), decided, encoder, plays);
      if (choice !== null) choices.push(choice);
    }
    episode.apply(movesOf(step));
  }
  return choices;
}

/** Null where the seat had no options, did not decide itself, or is not learnt from. */
function choiceOf(
  { environment, state, turn }: Episode,
  seat: number,
  decided: NonNullable<PlayedStep['seats']>[number],
  encoder: Encoder,
  plays: Plays,
): Choice | null {
  const space = turn.kind === 'act' ? turn.spaces[seat] : undefined;
  if (space?.kind !== 'choice' || !isOwn(decided)) return null;
  const view = environment.view(state, seat);
  if (!plays(seat, () => view)) return null;
  const ids = space.options.map(({ id }) => id);
  const information = encoder.information(seat, view, ids);
  return { ...information, action: information.actions[ids.indexOf(decided.move as string)] as number };
}
