import { coverageOf, SIMULATIONS } from './simulated-tournaments.js';

/** How often 95 % intervals of ratings hold the truth: 1,000 simulated tournaments of each kind, 500 replicates each. */
const TOURNAMENTS = 1000;
const REPLICATES = 500;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

console.log('ratings, advantage: share of 95 % intervals that hold the truth');
for (const [name, simulation] of Object.entries(SIMULATIONS)) {
  const { ratings, advantage, width } = coverageOf(simulation, TOURNAMENTS, REPLICATES);
  const side = advantage === null ? '-' : percent(advantage);
  console.log(
    `${name}: ratings ${percent(ratings)}, advantage ${side}, mean width ${Math.round(width)} points (${simulation.says})`,
  );
}
