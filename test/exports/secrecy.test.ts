import { describe, expect, it } from 'vitest';
import { type ExportedEpisode, type Format, USUAL } from '../../replays/format.js';
import { formats } from '../../replays/formats.js';
import { turnsOf } from '../../replays/turns.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { type Environment, isTold, type Moves } from '../../src/core/environment.js';
import { Episode, toldAtOnce } from '../../src/core/episode.js';
import { fingerprint, hashOf, type Json, type JsonObject } from '../../src/core/json.js';
import { playing, randomEpisode, replaying } from '../../src/laws/history.js';
import { trialsOf } from '../../src/laws/subject.js';
import { changeOne, twinPlay } from '../../src/laws/twins.js';
import { type Playing, plainGrades, recordOf } from './played.js';

/** What a seat had been told and had done after so many steps, and the state it was in. */
interface Moment {
  readonly steps: number;
  readonly information: string;
  readonly state: string;
}

/** Two histories that are one to a seat, at a moment at which they differ in what it does not know. */
interface Twins {
  readonly seat: number;
  readonly pasts: readonly [readonly Moves[], readonly Moves[]];
}

/** NOTE: laws look at many more twins; here it is the formats that are tried, and each sees every pair. */
const SEEDS = 2;
const TWINS = 2;
const MOST = 6;

function momentsOf(environment: Environment, config: JsonObject, moves: readonly Moves[], seat: number): Moment[] {
  const episode = new Episode(environment, config);
  let information = '';
  const moments: Moment[] = [];
  for (const happened of playing(episode, replaying(moves))) {
    if ('seats' in happened.moves && seat in happened.moves.seats) {
      information = fingerprint(`${information} move ${JSON.stringify(happened.moves.seats[seat])}`);
    }
    const told = (happened.step.events ?? []).filter((event) => isTold(event, seat));
    for (const event of told) information = fingerprint(`${information} event ${JSON.stringify(event)}`);
    if (episode.turn.kind === 'over') break;
    moments.push({ steps: episode.steps, information, state: hashOf(episode.state) });
  }
  return moments;
}

/** The last moment at which two histories are twins to a seat; null when there is none. */
function twinsOf(
  environment: Environment,
  config: JsonObject,
  histories: readonly [readonly Moves[], readonly Moves[]],
  seat: number,
): Twins | null {
  const [ours, theirs] = histories.map((moves) => momentsOf(environment, config, moves, seat)) as [Moment[], Moment[]];
  for (const own of ours.toReversed()) {
    const twin = theirs.findLast((other) => other.information === own.information && other.state !== own.state);
    if (twin === undefined) continue;
    return { seat, pasts: [histories[0].slice(0, own.steps), histories[1].slice(0, twin.steps)] };
  }
  return null;
}

function allTwins(environment: Environment, config: JsonObject): Twins[] {
  const found: Twins[] = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    const { episode, moves } = randomEpisode(environment, config, `export ${seed}`);
    for (let twin = 0; twin < TWINS; twin++) {
      const name = `export ${seed} twin ${twin}`;
      const change = changeOne(environment, config, moves, name);
      if (change === null) continue;
      const other = new Episode(environment, config);
      const theirs = [...playing(other, twinPlay(environment, moves, change, name))].map((one) => one.moves);
      for (const seat of episode.paid.keys()) {
        const twins = twinsOf(environment, config, [moves, theirs], seat);
        if (twins !== null) found.push(twins);
      }
    }
  }
  return found.slice(0, MOST);
}

type Spoken = NonNullable<Playing['spoken']>;
const SPOKEN: readonly Spoken[] = [false, true, 'after views'];

/** A history as an export reads it, from one seat: an episode that was broken off, so that its end tells nothing. */
function exported(environment: Environment, config: JsonObject, moves: readonly Moves[], seat: number, spoken: Spoken) {
  const played = recordOf({ environment, config, moves, spoken });
  const paid = played.end.paid.map((parts) => ({ ...toldAtOnce(environment.spec, parts) }));
  const record = { ...played, id: 'twin', end: { ...played.end, paid } };
  const all = turnsOf(record, environment);
  const seats = record.seats.map(({ agent }, at) => ({
    ...{ seat: at, agent, chosen: at === seat, group: 'one', sampleIndex: 0, return: 0, passed: true },
  }));
  const annotations = plainGrades(record, environment).filter((grade) => grade.seat === seat);
  return { record, environment, turns: all.filter((turn) => turn.seat === seat), seats, annotations };
}

type Pair = readonly [ExportedEpisode, ExportedEpisode];

/** Twins as exports read them, whose seats speak in each way there is. */
function pairsOf(environment: Environment, config: JsonObject): Pair[] {
  return allTwins(environment, config).flatMap(({ seat, pasts: [own, other] }) =>
    SPOKEN.map(
      (spoken): Pair => [
        exported(environment, config, own, seat, spoken),
        exported(environment, config, other, seat, spoken),
      ],
    ),
  );
}

/** All rows as one text; the names of hidden states, by which rows are told apart and split, are blanked. */
function rowsText(format: Format, episode: ExportedEpisode): string {
  const text = JSON.stringify([...format.rows(episode, USUAL)].map(({ data }) => data));
  return episode.turns.reduce((blanked, turn) => blanked.replaceAll(`"${turn.position}"`, '"state"'), text);
}

const catalogue = new Catalogue();
const hiding = (await catalogue.all()).flatMap((environment) =>
  trialsOf(environment, { seeds: 1, cases: 1, variations: 0 })
    .filter(({ config }) => environment.spec.facts(config).information === 'imperfect')
    .map(({ name, config }) => [`${environment.spec.id} ${name}`, environment, config] as const),
);
const known = await formats();

it('there are environments that hide something, and formats', () => {
  expect(hiding.length).toBeGreaterThan(3);
  expect(known.length).toBeGreaterThan(8);
});

describe.each(hiding)('%s', (_, environment, config) => {
  const pairs = pairsOf(environment, config);

  it('has twins', () => expect(pairs.length).toBeGreaterThan(0));

  it.each(known.map((format) => [format.id, format] as const))('%s tells no secret', (_, format) => {
    for (const [own, other] of pairs) {
      expect(rowsText(format, own)).toBe(rowsText(format, other));
    }
  });
});

/** Formats that tell what a seat may not know yet. */
const LEAKS: { readonly [leak: string]: (episode: ExportedEpisode) => Json } = {
  'the state by its name, in another spelling': ({ turns }) => turns.map(({ position }) => position.toUpperCase()),
  'what was paid before it is told': ({ record, environment, turns: [own] }) =>
    turnsOf(record, environment, 'paid').flatMap((turn) => (turn.seat === own?.seat ? [turn.rewards] : [])),
  'moves of chance': ({ record }) => record.steps.map(({ chance }) => (chance as Json | undefined) ?? null),
  'moves of others': ({ record }) => record.steps.map(({ seats }) => (seats as unknown as Json | undefined) ?? null),
};

it.each(Object.entries(LEAKS))('a column that tells %s would be found', (_, leak) => {
  const leaking: Format = {
    ...(known[0] as Format),
    *rows(episode) {
      yield { data: { column: leak(episode) }, turns: [] };
    },
  };
  const told = hiding.flatMap(([, environment, config]) => pairsOf(environment, config));
  const found = told.filter(([own, other]) => rowsText(leaking, own) !== rowsText(leaking, other));
  expect(found.length).toBeGreaterThan(0);
});
