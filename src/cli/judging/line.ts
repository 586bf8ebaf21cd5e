import { clean } from '../../../agents/terminal/ink.js';
import type { Annotation } from '../../../replays/annotations.js';
import { seatName } from '../../core/environment.js';
import { excerpt } from '../../core/json.js';
import { gradeLine } from '../costs.js';

/** The start of a judge's reason; the whole stands in the file. */
const MOST_REASON = 300;

/** What was said of a move afterwards, in one line. */
export function annotationText(said: Annotation): string {
  if (said.kind === 'grade') return gradeLine(said);
  const { seat, source, good, score, reason, better } = said;
  const verdict = `${seatName(seat)}'s move ${good ? 'is a good one' : 'is not a good one'}`;
  const figure = score === undefined ? '' : ` (${score})`;
  const why = reason === undefined ? '' : `: ${excerpt(reason.replaceAll(/\s+/g, ' '), MOST_REASON)}`;
  const rather = better === undefined ? '' : `; rather ${typeof better === 'string' ? better : JSON.stringify(better)}`;
  return clean(`${source.model} says ${verdict}${figure}${why}${rather}`);
}
