import type { HeadToHead } from '../arena/ratings/head-to-head.js';
import type { RoleRecord } from '../arena/ratings/shares.js';
import type { PairedDifference, RatingReport } from '../arena/tournament/report.js';
import type { Paper } from './paper.js';
import { ruleLine } from './paper.js';
import { sheet } from './sheet.js';
import { intervalText, points, ratingNotes } from './standings.js';

type Look = Pick<Paper, 'ink' | 'width'>;

/** A report of ratings in words: ratings, sides, roles, who beat whom, and which differences are sure. */
export function reportLines(report: RatingReport, look: Look): string[] {
  return [
    ...section('Ratings', ratingLines(report, look), look),
    ...section('What a side is worth', advantageLines(report, look), look),
    ...section('Score by side and role', roleLines(report.roles, look), look),
    ...section('Score of the row against the column', matrixLines(report.matrix, look), look),
    ...section('Differences in the same deals', differenceLines(report.differences, look), look),
    ...ratingNotes(report.ratings).map((note) => `  ${note}`),
  ];
}

function section(title: string, lines: readonly string[], look: Look): string[] {
  return lines.length === 0 ? [] : [ruleLine(look, title), ...lines, ''];
}

function ratingLines({ ratings, elo }: RatingReport, { ink, width }: Look): string[] {
  const head = ['#', 'agent', 'games', 'score', 'rating', '95 %', 'elo'];
  const rows = ratings.ratings.map((rating, place) => [
    String(place + 1),
    rating.agent,
    String(rating.games),
    rating.score === null ? 'none' : rating.score.toFixed(3),
    points(rating.rating),
    intervalText(rating),
    points(elo[rating.agent] ?? 0),
  ]);
  return rows.length === 0 ? ['  No game is rated.'] : sheet(head, rows, width, ink);
}

function advantageLines({ ratings }: RatingReport, { ink, width }: Look): string[] {
  const rows = ratings.advantages.map((one) => [one.side, points(one.rating), intervalText(one)]);
  return rows.length === 0 ? [] : sheet(['side', 'points', '95 %'], rows, width, ink);
}

function roleLines(records: readonly RoleRecord[], { ink, width }: Look): string[] {
  const rows = records.map(({ agent, side, role, of, share, low, high, won, drawn, lost }) => [
    agent,
    side ?? '',
    role ?? '',
    String(of),
    String(won),
    String(drawn),
    String(lost),
    share.toFixed(3),
    `${low.toFixed(2)} to ${high.toFixed(2)}`,
  ]);
  if (rows.length === 0) return [];
  return sheet(['agent', 'side', 'role', 'games', 'won', 'drawn', 'lost', 'score', '95 %'], rows, width, ink);
}

function matrixLines({ agents, cells }: HeadToHead, { ink, width }: Look): string[] {
  if (agents.length < 2) return [];
  const rows = agents.map((agent, row) => [
    `${row + 1} ${agent}`,
    ...agents.map((_, column) => {
      const cell = cells[row]?.[column] ?? null;
      return cell === null ? '' : cell.share.share.toFixed(2);
    }),
  ]);
  return sheet(['', ...agents.map((_, column) => String(column + 1))], rows, width, ink);
}

function differenceLines(differences: readonly PairedDifference[], { ink, width }: Look): string[] {
  if (differences.length === 0) return [];
  const rows = differences.map(({ one, other, pairs, difference, p, corrected }) => [
    one,
    other,
    String(pairs),
    `${difference > 0 ? '+' : ''}${difference.toFixed(3)}`,
    chance(p),
    chance(corrected),
  ]);
  return [
    ...sheet(['agent', 'against', 'deals', 'score', 'p', 'corrected'], rows, width, ink),
    ink('dim', '  p: how often chance alone makes such a difference; corrected: for all the pairs looked at.'),
  ];
}

function chance(p: number): string {
  return p < 0.0001 ? '<0.0001' : p.toFixed(4);
}
