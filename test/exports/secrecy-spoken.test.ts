import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import werewolf from '../../envs/werewolf/index.js';
import { type ExportedEpisode, type Format, USUAL } from '../../replays/format.js';
import { formats } from '../../replays/formats.js';
import { parseRecord } from '../../replays/read.js';
import { Recorder } from '../../replays/recorder.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { turnsOf } from '../../replays/turns.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import { runEpisode } from '../../src/core/play.js';
import { obliging } from '../llm-agents/obliging.js';
import { agentOn, models } from '../llm-agents/table.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { counting } from './counting.js';
import { plainGrades } from './played.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  await models.close();
});

/** Does what depends on nothing but its options: the last one, the same words. */
const steady: AgentFactory = () => ({
  manifest: { agent: 'steady' },
  act: ({ space }) => ({ move: space.kind === 'choice' ? (space.options.at(-1)?.id as string) : 'Good day.' }),
});

/** Deals of a game: two that are one to the first seat, and a third that is not. */
interface Twins {
  readonly environment: Environment;
  readonly set?: { readonly [path: string]: Json };
  readonly deals: readonly [readonly Json[], readonly Json[], readonly Json[]];
  /** Roles to claim, where the configuration names none. */
  readonly roles: string;
}

const villages = (...first: string[]) => [...first, 'werewolf', 'werewolf', 'doctor', 'villager'];
const GAMES: { readonly [game: string]: Twins } = {
  'Kuhn poker': {
    environment: kuhn,
    deals: [
      ['Q', 'J'],
      ['Q', 'K'],
      ['J', 'K'],
    ],
    roles: ':king/queen',
  },
  Werewolf: {
    environment: werewolf,
    set: { maxRounds: 2 },
    deals: [
      villages('villager', 'seer', 'villager'),
      villages('villager', 'villager', 'seer'),
      villages('seer', 'villager', 'villager'),
    ],
    roles: '',
  },
};

/** Agents that ask several times a turn, or several at once. */
const MANNERS = [
  'style=react,best=2',
  'style=deduce-and-diversify:2',
  'style=recon,votes=2,answers=words',
  'style=react+atomic',
];

/** What the agent in the first seat leads to in a deal, as an export reads it, broken off before the end tells anything. */
async function played(
  { environment, set = {}, roles }: Twins,
  deal: readonly Json[],
  manner: string,
): Promise<ExportedEpisode> {
  server.play(counting(obliging).script);
  const agent = await agentOn(server, `,${manner.replace('atomic', `atomic${roles}`)},memory=full`);
  const config = readConfig(environment.spec, { set });
  const { seats } = environment.spec.facts(config);
  const agents = [agent, ...new Array<AgentFactory>(seats - 1).fill(steady)];
  const recorder = new Recorder({ environment, config, seed: 1 });
  let line = '';
  const past = { steps: deal.map((chance) => ({ chance })) };
  await runEpisode({ environment, config, seed: 1, agents, past, hash: true, tries: 1 }, (progress) => {
    if (progress.kind === 'started') recorder.begin(progress);
    else if (progress.kind === 'step') recorder.step(progress);
    else line = recorder.line(progress.ending);
  });
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(read.problem);
  return exported(unfinished(read.record), environment);
}

/** NOTE: what the last turn of the seat brings may tell what was hidden, so here the loop ends the game before that. */
function unfinished(record: EpisodeRecord): EpisodeRecord {
  const last = record.steps.findLastIndex(({ seats }) => seats?.[0] !== undefined);
  const steps = record.steps.slice(0, last + 1).map((step, at) => (at < last ? step : { ...step, rewards: {} }));
  const end = { how: 'steps', outcome: null, returns: null, paid: record.end.paid.map(() => ({})) } as const;
  return { ...record, id: 'twin', steps, end };
}

function exported(record: EpisodeRecord, environment: Environment): ExportedEpisode {
  const seats = record.seats.map(({ agent }, seat) => ({
    ...{ seat, agent, chosen: seat === 0, group: 'one', sampleIndex: 0, return: 0, passed: true },
  }));
  const turns = turnsOf(record, environment).filter(({ seat }) => seat === 0);
  const annotations = plainGrades(record, environment).filter(({ seat }) => seat === 0);
  return { record, environment, turns, seats, annotations };
}

/** All rows as one text; the names of hidden states are blanked. */
function rowsText(format: Format, episode: ExportedEpisode): string {
  const text = JSON.stringify([...format.rows(episode, USUAL)].map(({ data }) => data));
  return episode.turns.reduce((blanked, turn) => blanked.replaceAll(`"${turn.position}"`, '"state"'), text);
}

const known = await formats();

/** A format that tells what was dealt. */
const leaking: Format = {
  ...(known[0] as Format),
  *rows({ record }) {
    yield { data: { dealt: record.steps.map(({ chance }) => (chance as Json | undefined) ?? null) }, turns: [] };
  },
};

describe.each(Object.entries(GAMES))('%s', (_, game) => {
  it.each(MANNERS)(
    'twins that differ in what is hidden from the agent give the same rows in every format: %s',
    async (manner) => {
      const [first, second, third] = game.deals;
      const one = await played(game, first, manner);
      const twin = await played(game, second, manner);
      const other = await played(game, third, manner);
      expect(one.turns.some(({ decided }) => (decided.calls ?? []).length > 1)).toBe(true);
      let rows = 0;
      for (const format of known) {
        const text = rowsText(format, one);
        expect(rowsText(format, twin), format.id).toBe(text);
        if (text === '[]') continue;
        rows++;
        expect(rowsText(format, other), `${format.id} shows nothing of the agent's own card`).not.toBe(text);
      }
      expect(rows).toBeGreaterThan(8);
      expect(rowsText(leaking, twin)).not.toBe(rowsText(leaking, one));
    },
  );
});
