import { gradesFileOf, type Judgement } from '../../../replays/annotations.js';
import { judgeTurn, type ModelJudge, type Spent, sourceOf } from '../../arena/grading/judging/judge.js';
import type { Catalogue } from '../../core/catalogue.js';
import { UserError } from '../../core/errors.js';
import { ModelError } from '../../llm/model.js';
import { span } from '../progress.js';
import type { Screen } from '../screen.js';
import { Judgements } from './judgements.js';
import { type FoundPlace, type FoundTurn, placesOf, turnsOf, type Wanted } from './turns.js';

export interface JudgingPlan extends Wanted {
  readonly judge: ModelJudge;
  /** One file for all; beside the records when absent. */
  readonly out?: string;
  /** The most turns to ask the judge about. */
  readonly limit: number;
  /** Turns that are judged at once. */
  readonly concurrency: number;
}

export interface JudgingPlace {
  readonly catalogue: Catalogue;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

/** Whoever counts what comes of it. */
export interface JudgingTally {
  /** @param fresh whether it was asked for now, and not known from before */
  judged(agent: string, judgement: Judgement, fresh: boolean): void;
  failed(reason: string): void;
  spent(usage: Spent): void;
  refused(reason: string): void;
}

/** NOTE: a server that is gone is asked no more, for each failed call has waited out its own retries. */
const FAILURES_IN_A_ROW = 8;

/**
 * Judges turns of records, several at once, and writes each judgement down as it comes. Turns that this judge has judged
 * before are not asked about again.
 */
export class Judging {
  readonly #plan: JudgingPlan;
  readonly #place: JudgingPlace;
  readonly #tally: JudgingTally;
  readonly #files = new Map<string, Promise<Judgements>>();
  readonly #began = performance.now();
  #all = 0;
  #done = 0;
  #begun = 0;
  #inARow = 0;
  /** Why it stopped early; null as long as it goes on. */
  #stopped: string | null = null;

  constructor(plan: JudgingPlan, place: JudgingPlace, tally: JudgingTally) {
    this.#plan = plan;
    this.#place = place;
    this.#tally = tally;
  }

  /** Gives the files that were written to, and why it stopped early if it did. */
  async run(): Promise<{ readonly files: readonly string[]; readonly stopped: string | null }> {
    try {
      for await (const place of placesOf(this.#plan)) if ((await this.#known(place)) === undefined) this.#all++;
      this.#all = Math.min(this.#all, this.#plan.limit);
      const turns = turnsOf(this.#plan, this.#place.catalogue, (reason) => this.#tally.refused(reason));
      await Promise.all(Array.from({ length: this.#plan.concurrency }, () => this.#work(turns)));
    } finally {
      for (const file of this.#files.values()) (await file).close();
    }
    return { files: [...this.#files.keys()], stopped: this.#stopped };
  }

  async #work(turns: AsyncGenerator<FoundTurn>): Promise<void> {
    while (this.#goesOn()) {
      const next = await turns.next();
      if (next.done === true || !this.#goesOn()) return;
      const found = next.value;
      const agent = found.record.seats[found.turn.seat]?.agent ?? '';
      const known = await this.#known({ ...found, step: found.turn.step, seat: found.turn.seat });
      if (known !== undefined) this.#tally.judged(agent, known, false);
      else if (this.#begun < this.#plan.limit) await this.#judge(found, agent);
      else this.#stopped ??= `after ${this.#begun} turns, the --limit`;
    }
  }

  #goesOn(): boolean {
    if (this.#place.signal.aborted) this.#stopped ??= 'on request; what was judged until then is kept';
    return this.#stopped === null;
  }

  async #judge({ record, environment, turn, file }: FoundTurn, agent: string): Promise<void> {
    this.#begun++;
    const { judge } = this.#plan;
    try {
      const judged = await judgeTurn(judge, { environment, episode: record.id, turn }, this.#place.signal);
      this.#tally.spent(judged.usage);
      if ('judgement' in judged) {
        (await this.#file(file)).add(judged.judgement);
        this.#tally.judged(agent, judged.judgement, true);
        this.#inARow = 0;
      } else {
        this.#tally.failed(judged.failed);
        this.#inARow = judged.fault === null ? 0 : this.#inARow + 1;
        if (this.#inARow >= FAILURES_IN_A_ROW) this.#stopped ??= `because the judge does not answer: ${judged.failed}`;
      }
    } catch (thrown) {
      this.#end(thrown);
    }
    this.#done++;
    this.#show();
  }

  /** Ends the run in order where no other turn could be judged; throws what else there is. */
  #end(thrown: unknown): void {
    if (this.#place.signal.aborted) return;
    if (!(thrown instanceof ModelError)) throw thrown;
    if (thrown.kind !== 'over-budget') throw new UserError(thrown.message, { cause: thrown });
    this.#stopped ??= `by the budget: ${thrown.message}`;
  }

  async #known({ file, record, step, seat }: FoundPlace): Promise<Judgement | undefined> {
    return (await this.#file(file)).of(record.id, step, seat);
  }

  #file(records: string): Promise<Judgements> {
    const name = this.#plan.out ?? gradesFileOf(records);
    let file = this.#files.get(name);
    if (file === undefined) {
      file = Judgements.open(name, sourceOf(this.#plan.judge));
      this.#files.set(name, file);
    }
    return file;
  }

  #show(): void {
    const seconds = (performance.now() - this.#began) / 1000;
    const line = (): string =>
      `judging: ${this.#done} of ${this.#all} turns, ${span((seconds * (this.#all - this.#done)) / this.#done)} left`;
    this.#place.screen.show(() => [line()], line);
  }
}
