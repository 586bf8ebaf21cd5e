/** Points of the Elo scale in one unit of log odds. */
export const ELO_POINTS = 400 / Math.LN10;

export interface BradleyTerryOptions {
  /** Stops when no log strength moves by more than this. */
  readonly tolerance?: number;
  readonly rounds?: number;
}

/**
 * Strengths by maximum likelihood: i beats j with probability s_i / (s_i + s_j). By minorisation-maximisation:
 * s_i <- W_i / sum_j N_ij / (s_i + s_j), one agent after another, until nothing moves. Draws are half a win each.
 * SEE: D. R. Hunter, "MM algorithms for generalized Bradley-Terry models", Annals of Statistics 32 (2004), equation 3.
 * @param wins wins[i][j]: how much i won against j, draws as halves
 * @returns log strengths in natural units, of mean 0
 * @throws RangeError when no finite maximum exists: someone who can be reached by no chain of wins
 */
export function bradleyTerry(wins: readonly (readonly number[])[], options: BradleyTerryOptions = {}): number[] {
  const { tolerance = 1e-12, rounds = 1_000_000 } = options;
  const won = wins.map((row, i) => row.reduce((sum, value, j) => (i === j ? sum : sum + value), 0));
  const strengths = wins.map(() => 1);
  for (let round = 0; round < rounds; round++) {
    const moved = cycle(wins, won, strengths);
    if (!Number.isFinite(moved)) break;
    if (moved < tolerance) return centred(strengths.map(Math.log));
  }
  throw new RangeError('these results have no finite ratings: some agent only won, only lost, or never met the others');
}

/** One round of updates. Gives the largest move of a log strength. */
function cycle(wins: readonly (readonly number[])[], won: readonly number[], strengths: number[]): number {
  let moved = 0;
  for (let i = 0; i < wins.length; i++) {
    let load = 0;
    for (let j = 0; j < wins.length; j++) {
      const met = i === j ? 0 : (wins[i]?.[j] ?? 0) + (wins[j]?.[i] ?? 0);
      if (met > 0) load += met / ((strengths[i] as number) + (strengths[j] as number));
    }
    const next = (won[i] as number) / load;
    moved = Math.max(moved, Math.abs(Math.log(next / (strengths[i] as number))));
    strengths[i] = next;
  }
  return moved;
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
