import { plain } from '../../../agents/terminal/ink.js';
import { replay } from '../../../replays/replay.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import type { Environment } from '../../core/environment.js';
import type { JsonObject } from '../../core/json.js';
import { Live } from '../live.js';
import type { Paper } from '../paper.js';

const WIDTH = 100;
/** Longer stories are cut: the record has them whole. */
const MOST_LINES = 400;

/** A recorded game told as text, nothing hidden. */
export function transcriptOf(record: EpisodeRecord, environment: Environment): string {
  const told: string[] = [];
  const paper: Paper = {
    ink: plain,
    width: WIDTH,
    write: (lines) => {
      told.push(...lines);
    },
  };
  const config = record.environment.config as JsonObject;
  const live = new Live({ environment, config, seed: record.seed, agents: [] }, paper);
  for (const progress of replay(record, environment)) live.take(progress);
  const { how, outcome } = record.end;
  const lines =
    told.length > MOST_LINES ? [...told.slice(0, MOST_LINES), '', `... ${told.length - MOST_LINES} more lines`] : told;
  return [...lines, '', `${outcome ?? 'no outcome'} (${how})`].join('\n').trim();
}
