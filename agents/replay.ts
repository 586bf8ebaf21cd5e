import { readRecord } from '../replays/read.js';
import type { EpisodeRecord } from '../replays/schema.js';
import { actorsOf, type RecordedDecision } from '../replays/steps.js';
import type { ActRequest, AgentFamily, Decision } from '../src/core/agent.js';
import { seatName } from '../src/core/environment.js';
import { UserError } from '../src/core/errors.js';

/** Plays what a seat played in a record, move by move. A move that no longer fits counts as its failure. */
const replay: AgentFamily = {
  id: 'replay',
  title: 'the moves its seat made in a record',
  usage: 'replay:<file> or replay:<file>#<id>, for example replay:runs/kuhn-poker/seed-7.jsonl',
  async open(argument) {
    const [file, id] = argument.split('#');
    if (file === undefined || file === '') throw new UserError('replay: name a record, as in replay:<file>');
    const record = await readRecord(file, id);
    const manifest = { agent: `replay:${argument}`, record: record.id };
    return ({ environment, seat }) => {
      if (environment.spec.id !== record.environment.id) {
        throw new UserError(`${file} is a record of ${record.environment.id}, not of ${environment.spec.id}`);
      }
      const decisions = decisionsOf(record, seat);
      return { manifest, act: (request) => next(request, decisions) };
    };
  },
};

export default replay;

function next({ moves, seat, attempt }: ActRequest, decisions: readonly RecordedDecision[]): Decision {
  const decided = decisions[moves.length];
  if (decided === undefined) throw new Error(`the record has no move number ${moves.length + 1} of ${seatName(seat)}`);
  if (attempt > 1) throw new Error(`move number ${moves.length + 1} of the record does not fit here`);
  return { move: decided.move, ...(decided.thought === undefined ? {} : { thought: decided.thought }) };
}

function decisionsOf(record: EpisodeRecord, seat: number): RecordedDecision[] {
  return record.steps.flatMap((step) =>
    actorsOf(step)
      .filter(([actor]) => actor === seat)
      .map(([, decided]) => decided),
  );
}
