import {
  Catalogue,
  exportRecords,
  format,
  gamesAt,
  planTournament,
  ratingReport,
  runTournament,
  Said,
  USUAL,
} from 'ludus';

const catalogue = new Catalogue();
const folder = 'runs/library';
const plan = await planTournament(
  { agents: ['scripted'], environments: ['kuhn-poker'], blocks: 20, seed: 7 },
  catalogue,
);
await runTournament(plan, { folder, workers: 1 });

const { field, games } = await gamesAt(folder);
const { ratings } = ratingReport(games, field);
for (const { agent, rating, low, high } of ratings.ratings) console.log(agent, rating, [low, high]);

const annotations = { files: [], said: await Said.open([]) };
const { rows } = await exportRecords({
  format: await format('trl-sft'),
  records: folder,
  annotations,
  out: `${folder}-rows.jsonl`,
  options: USUAL,
  filters: { winners: true },
  split: null,
  limit: Number.POSITIVE_INFINITY,
  tool: 'examples/tournament.ts',
  environment: (id) => catalogue.environment(id),
});
annotations.said.close();
console.log(`${games.length} games, ${rows.written} rows`);
