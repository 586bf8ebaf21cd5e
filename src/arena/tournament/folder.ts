import { UserError } from '../../core/errors.js';
import { Shards } from '../shards.js';
import { type TournamentPlan, tournamentPlan } from './plan.js';

const FILE = 'tournament.json';

/** A tournament's folder: the plan, shards of finished games, journals of games in progress. */
export class TournamentFolder extends Shards {
  constructor(path: string) {
    super(path, FILE);
  }

  /** @throws UserError when there is none, or it cannot be read */
  read(): TournamentPlan {
    if (!this.exists) throw new UserError(`${this.path} holds no tournament (there is no ${FILE})`);
    return this.readPlan(tournamentPlan, 'tournament');
  }

  /** Makes the folder of a plan, or goes on with it. @throws UserError when the folder is another plan's */
  begin(plan: TournamentPlan): void {
    if (this.exists) this.#refuseOther(plan);
    else this.writePlan(plan);
  }

  #refuseOther(plan: TournamentPlan): void {
    const there = this.read();
    for (const key of Object.keys(plan) as (keyof TournamentPlan)[]) {
      if (JSON.stringify(there[key]) === JSON.stringify(plan[key])) continue;
      throw new UserError(
        `${this.path} holds a tournament with other ${key}; resume it as it is, or choose another folder`,
      );
    }
  }
}
