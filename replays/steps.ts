import type { EpisodeRecord, RecordedStep } from './schema.js';

export type RecordedDecision = NonNullable<RecordedStep['seats']>[string];

/** The decisions of a step with their seats; none where chance or the outside moved. */
export function actorsOf(step: RecordedStep): [number, RecordedDecision][] {
  return Object.entries(step.seats ?? {}).map(([seat, decided]) => [Number(seat), decided]);
}

/** How many decisions of seats a record holds. */
export function decisionsOf(record: EpisodeRecord): number {
  return record.steps.reduce((sum, step) => sum + actorsOf(step).length, 0);
}
