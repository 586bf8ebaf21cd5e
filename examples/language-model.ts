import { Catalogue, readConfig, runEpisode } from 'ludus';

// Which model: one on this machine unless named, as in `npx tsx examples/language-model.ts openai/gpt-5-mini`.
const model = process.argv[2] ?? 'ollama/qwen3:4b';

const catalogue = new Catalogue();
const environment = await catalogue.environment('werewolf');
const [player, villagers] = await Promise.all([
  catalogue.agent(`llm:${model},style=recon,memory=window:6`),
  catalogue.agent('scripted'),
]);
const config = readConfig(environment.spec);
const agents = Array.from({ length: environment.spec.facts(config).seats }, (_, seat) =>
  seat === 0 ? player : villagers,
);

let calls = 0;
const ending = await runEpisode({ environment, config, agents, seed: 7 }, (progress) => {
  if (progress.kind !== 'step') return;
  const decided = progress.step.seats?.[0];
  calls += decided?.calls?.length ?? 0;
  if (decided !== undefined) console.log(decided.move);
});
console.log(ending.outcome, ending.returns?.join(' '), `${calls} calls`);
