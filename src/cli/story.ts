import { wrap } from '../../agents/terminal/ink.js';
import type { AgentManifest } from '../core/agent.js';
import type { Seat } from '../core/environment.js';
import type { Episode } from '../core/episode.js';
import type { Progress } from '../core/play.js';
import type { Live } from './live.js';

/** The transcript, told at once or, when somebody at this terminal plays and must not see it, after the end. */
export class Story {
  readonly #live: Live;
  #kept: Progress[] | null = null;
  #episode: Episode | null = null;
  seats: readonly AgentManifest[] = [];
  steps = 0;

  constructor(live: Live) {
    this.#live = live;
  }

  get held(): boolean {
    return this.#kept !== null;
  }

  take(progress: Progress): void {
    if (progress.kind === 'started') {
      this.seats = progress.seats;
      this.#episode = progress.episode;
      if (progress.seats.some((manifest) => manifest.terminal === true)) this.#kept = [];
    }
    if (progress.kind === 'step') this.steps++;
    if (this.#kept === null) this.#live.take(progress);
    else this.#kept.push(progress);
  }

  tell(): void {
    for (const progress of this.#kept ?? []) this.#live.take(progress);
  }

  /** What a seat turned out to be. */
  badge(seat: Seat): string | undefined {
    return this.#live.badge(seat);
  }

  /** The last position. NOTE: with hidden information there is no board, and the story has told it all. */
  last(width: number): string[] {
    const episode = this.#episode;
    if (episode?.facts.information !== 'perfect') return [];
    const shown = episode.environment.show?.(episode.environment.view(episode.state, 'all')) ?? '';
    return shown === '' ? [] : [...wrap(shown, width - 2).map((line) => `  ${line}`), ''];
  }
}
