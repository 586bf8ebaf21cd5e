import { Catalogue, episodeSeed, readConfig, runEpisode } from 'ludus';

/**
 * Plays one agent against another in a game of two seats, seats alternating, and prints how often it won (Wilson
 * interval, 95 %) and its mean return (1.96 standard errors):
 * `npx tsx bench/duel.ts connect-four minimax mcts:200 100`
 */
const [id, one, other, count] = process.argv.slice(2);
if (id === undefined || one === undefined || other === undefined || !(Number(count) > 1)) {
  console.error('write: npx tsx bench/duel.ts <environment> <agent> <agent> <games, at least 2>');
  process.exit(2);
}
const catalogue = new Catalogue();
const environment = await catalogue.environment(id);
const config = readConfig(environment.spec);
const agents = [await catalogue.agent(one), await catalogue.agent(other)];

const returns: number[] = [];
const began = process.cpuUsage();
for (let game = 0; game < Number(count); game++) {
  const seat = game % 2;
  const seated = seat === 0 ? agents : [...agents].reverse();
  const ending = await runEpisode({ environment, config, seed: episodeSeed(7, game), agents: seated });
  if (ending.returns === null) throw new Error(`game ${game} broke off: ${ending.how}`);
  returns.push(ending.returns[seat] ?? Number.NaN);
}
const { user, system } = process.cpuUsage(began);

const won = returns.filter((amount) => amount > 0).length;
const drawn = returns.filter((amount) => amount === 0).length;
const [low, high] = wilson(won, returns.length);
const mean = returns.reduce((sum, amount) => sum + amount, 0) / returns.length;
const variance = returns.reduce((sum, amount) => sum + (amount - mean) ** 2, 0) / (returns.length - 1);
const error = 1.96 * Math.sqrt(variance / returns.length);
console.log(
  `${id}, ${one} against ${other}: won ${percent(won / returns.length)} (${percent(low)}, ${percent(high)}), ` +
    `${drawn} drawn, of ${returns.length}; return ${mean.toFixed(3)} +- ${error.toFixed(3)}; ` +
    `${((user + system) / 1e6).toFixed(1)} s of CPU`,
);

function wilson(hits: number, trials: number): [number, number] {
  const share = hits / trials;
  const z2 = 1.96 ** 2 / trials;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (1.96 * Math.sqrt((share * (1 - share)) / trials + z2 / trials / 4)) / (1 + z2);
  return [middle - half, middle + half];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
