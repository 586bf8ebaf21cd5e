import type { Clock } from '../../src/server/lobby/wire.js';

/** How long players may think, in words. */
export function clockWords({ turnMs, gameMs, incrementMs, late }: Clock): string {
  const turn = turnMs === null ? [] : [`${span(turnMs)} a turn`];
  const more = incrementMs > 0 ? ` and ${span(incrementMs)} more for each turn` : '';
  const game = gameMs === null ? [] : [`${span(gameMs)} a game${more}`];
  const limits = [...turn, ...game];
  if (limits.length === 0) return 'no clock';
  return `${limits.join(', ')}; ${late === 'forfeit' ? 'late loses' : 'late is played by rule'}`;
}

/** A time in the largest unit that says it in whole numbers. */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds % 3600 === 0 && seconds > 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 && seconds > 0 ? `${seconds / 60} min` : `${seconds} s`;
}
