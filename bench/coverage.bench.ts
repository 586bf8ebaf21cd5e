import { coverageOf, SIMULATIONS } from './simulated-tournaments.js';

/** How often 95 % intervals of ratings hold the truth: 1,000 simulated tournaments of each kind, 500 replicates each. */
const TOURNAMENTS = 1000;
const REPLICATES = 500;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const rows = Object.entries(SIMULATIONS).map(([name, simulation]) => {
  const { ratings, advantage, width } = coverageOf(simulation, TOURNAMENTS, REPLICATES);
  const figures = {
    of: simulation.says,
    ratings: percent(ratings),
    advantage: advantage === null ? '-' : percent(advantage),
    'mean width': Math.round(width),
  };
  return [name, figures] as const;
});
console.table(Object.fromEntries(rows));
