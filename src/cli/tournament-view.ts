import type { Ratings } from '../arena/ratings/rate.js';
import type { TournamentPlan } from '../arena/tournament/plan.js';
import type { PlayedGame } from '../arena/tournament/played.js';
import { Standings } from '../arena/tournament/standings.js';
import { paperOf } from './paper.js';
import { figure, span } from './progress.js';
import type { Screen } from './screen.js';
import { standingLines } from './standings.js';

/** NOTE: intervals are worked out anew all the time, so that while games are played fewer replicates must do. */
const LIVE_REPLICATES = 100;
/** Of the time that passes, at most this share goes into ratings shown on the way. */
const RATING_SHARE = 0.05;

/** The live table of a tournament: how the agents stand, how far it is and when it will end. */
export class TournamentView {
  readonly standings: Standings;
  readonly #planned: number;
  readonly #screen: Screen;
  readonly #began = performance.now();
  #now = 0;
  #ratings: Ratings | null = null;
  #rated = { at: 0, took: 0 };

  constructor(plan: TournamentPlan, planned: number, screen: Screen) {
    this.standings = new Standings(plan);
    this.#planned = planned;
    this.#screen = screen;
  }

  /** Takes a finished game. @param before whether an earlier run played it */
  take(game: PlayedGame, before: boolean): void {
    this.standings.add(game);
    if (before) return;
    this.#now++;
    this.#screen.show(
      () => this.#block(),
      () => this.#line(),
    );
  }

  end(): void {
    this.#screen.end();
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  #block(): string[] {
    // NOTE: a line that fills the last column would wrap on some terminals, so a screen cuts it one short.
    const width = (this.#screen.size?.width ?? paperOf(true).width) - 1;
    const plain = { ink: (_: unknown, text: string) => text, width };
    const lines = standingLines(this.standings.rows(this.#rate()), plain);
    const room = (this.#screen.size?.height ?? 24) - 3;
    return [...lines.slice(0, room), '', this.#line()];
  }

  #rate(): Ratings {
    const now = performance.now();
    if (this.#ratings !== null && now - this.#rated.at < this.#rated.took / RATING_SHARE) return this.#ratings;
    this.#ratings = this.standings.ratings(LIVE_REPLICATES);
    this.#rated = { at: performance.now(), took: performance.now() - now };
    return this.#ratings;
  }

  #line(): string {
    const done = this.standings.count;
    const rate = this.#now / this.seconds;
    const left = rate > 0 ? span((this.#planned - done) / rate) : '?';
    return `${done}/${this.#planned} games  ${figure(rate)} games/s  ${left} left`;
  }
}
