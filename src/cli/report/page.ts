import type { Mistake, Upset } from '../../arena/report/instructive.js';
import type { Report } from '../../arena/report/report.js';
import type { JsonObject } from '../../core/json.js';
import { intervalText, points, ratingNotes } from '../standings.js';
import { conductTable, resultTable } from './agents.js';
import { Html, html, tableOf } from './html.js';
import { consumptionPlot, errorPlot, lengthPlot, matrixPlot, placeName, ratingPlot, rolePlot } from './plots.js';
import type { Draw } from './svg.js';

const STYLE = `
:root { color-scheme: light dark; --page: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d8dee4; --block: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --page: #15181c; --ink: #dfe3e8; --soft: #9aa4af; --line: #343b43; --block: #1d2127; }
}
body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem;
  color: var(--ink); background: var(--page); }
a { color: #3a7fc1; }
h1 { margin-bottom: 0; line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
.lead, .note { color: var(--soft); } .note { font-size: 0.9em; max-width: 46rem; }
table { border-collapse: separate; border-spacing: 0; margin: 1rem 0; display: block; overflow-x: auto; font-size: 0.93em; }
th, td { padding: 0.2rem 0.7rem; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { vertical-align: bottom; white-space: normal; }
th:first-child, td:first-child { position: sticky; left: 0; background: var(--page); padding-left: 0;
  white-space: normal; overflow-wrap: anywhere; min-width: 13rem; }
@media (max-width: 40rem) { th:first-child, td:first-child { min-width: 6.5rem; } }
.figure { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1.2rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
summary { cursor: pointer; } pre { background: var(--block); padding: 1rem; overflow-x: auto; font-size: 12px; }
`;

/** Where the records of a report are. */
export interface Whereabouts {
  /** As the reader would type it. */
  readonly folder: string;
  /** Address of a server that shows them; null where there is none. */
  readonly server: string | null;
}

/** A record told in words, by id. */
export type Transcripts = ReadonlyMap<string, string>;

/**
 * The report as one HTML file that asks nobody for anything: style, plots and transcripts are all in it.
 * @param draw or why there are no plots: the tables have the same figures
 */
export async function pageOf(
  report: Report,
  transcripts: Transcripts,
  where: Whereabouts,
  draw: Draw | string,
): Promise<string> {
  const figure = async (plot: JsonObject | null): Promise<Html | null> =>
    plot === null || typeof draw === 'string' ? null : html`<figure>${new Html(await draw(plot))}</figure>\n`;
  const { design, contests } = report.field;
  const kind = design === null ? 'Games' : 'Tournament';
  const title = `${kind}: ${contests.map(({ environment }) => environment).join(', ')}`;
  const rated = report.ratings.games > 0;
  const body = html`<h1>${title}</h1>
${lead(report)}
${typeof draw === 'string' ? notes([`This page has ${draw}`]) : null}
<h2>Who is how good</h2>
${rated ? await figure(ratingPlot(report)) : null}
${tableOf(...resultTable(report.standings))}
${notes([...ratingNotes(report.ratings), RATING_NOTE])}
${advantages(report)}
${comparisons(report)}
<h2>Who beat whom</h2>
${rated ? await figure(matrixPlot(report)) : null}
${matrix(report)}
<h2>By side and role</h2>
${rated ? await figure(rolePlot(report)) : null}
${roles(report)}
<h2>Errors and costs</h2>
${notes(['Failed tries, substituted moves and forfeits in percent of turns. Surviving the errors of others is no skill.'])}
${tableOf(...conductTable(report.standings))}
${await figure(errorPlot(report))}
${await figure(consumptionPlot(report, 'tokens', 'tokens of a seat in a game'))}
${await figure(consumptionPlot(report, 'cost', 'cost of a seat in a game'))}
${await figure(consumptionPlot(report, 'ms', 'mean milliseconds of a turn'))}
<h2>Length of games</h2>
${report.games > 0 ? await figure(lengthPlot(report)) : null}
<h2>Games to look at</h2>
${upsets(report.upsets)}
${mistakes(report.mistakes, where)}
${stories(report, transcripts, where)}`;
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n${
    html`<title>${title}</title>`.text
  }\n<style>${STYLE}</style>\n</head>\n<body>\n${body.text}\n</body>\n</html>\n`;
}

const RATING_NOTE =
  'Ratings are Bradley-Terry on the Elo scale: 400 points are odds of 10 to 1. The middle of the field is 0. Intervals ' +
  'come from resampling whole deals. Overlapping intervals do not mean equal strength; the comparison below tells.';

function lead({ field, games, ratings }: Report): Html {
  const counts = `${games} games, ${ratings.games} of them rated, in ${ratings.blocks} deals.`;
  const words = field.design === null ? counts : `${counts} Design ${field.design}, seed ${field.seed}.`;
  return html`<p class="lead">${words}</p>`;
}

function notes(lines: readonly string[]): Html {
  return html`${lines.map((line) => html`<p class="note">${line}</p>\n`)}`;
}

function advantages({ ratings }: Report): Html | null {
  if (ratings.advantages.length === 0) return null;
  const rows = ratings.advantages.map((one) => [one.side, points(one.rating), intervalText(one)]);
  return html`<h3>What a side is worth</h3>\n${tableOf(['side', 'points over the others', '95 %'], rows)}`;
}

function comparisons({ comparisons }: Report): Html | null {
  if (comparisons.length === 0) return null;
  const rows = comparisons.map(({ one, other, difference, deals, p, corrected }) => [
    one,
    other,
    difference.toFixed(3),
    String(deals),
    chance(p),
    chance(corrected),
  ]);
  return html`<h3>Neighbours compared deal by deal</h3>
${tableOf(['agent', 'against', 'difference in score', 'deals', 'p', 'p, corrected'], rows)}
${notes(['How likely so large a difference would be if it made no difference who is who; corrected for all rows by Holm.'])}`;
}

function matrix({ matrix: { agents, cells }, ratings: { ratings } }: Report): Html {
  const order = ratings.map(({ agent }) => agents.indexOf(agent));
  const rows = order.map((row) => [
    agents[row] as string,
    ...order.map((column) => {
      const cell = cells[row]?.[column] ?? null;
      if (cell === null) return '–';
      const { share, games } = cell;
      return html`${share.share.toFixed(3)} <small>(${share.low.toFixed(2)} to ${share.high.toFixed(2)}; ${games})</small>`;
    }),
  ]);
  return html`${tableOf(['', ...order.map((column) => agents[column] as string)], rows)}
${notes(['The score of the row against the column, draws as halves; 95 % interval (Wilson) and games in brackets.'])}`;
}

function roles({ roles }: Report): Html {
  const rows = roles.map(({ agent, side, role, won, drawn, lost, share, low, high }) => [
    agent,
    placeName(side, role),
    String(won),
    String(drawn),
    String(lost),
    share.toFixed(3),
    `${low.toFixed(3)} to ${high.toFixed(3)}`,
  ]);
  return tableOf(['agent', 'side: role', 'won', 'drawn', 'lost', 'score', '95 %'], rows);
}

function upsets(found: readonly Upset[]): Html {
  if (found.length === 0) return html`<p class="note">No rated game went against the ratings.</p>`;
  const rows = found.map(({ game, record, winners, losers, expected }) => [
    link(game, record),
    winners.join(', '),
    losers.join(', '),
    expected.toFixed(3),
  ]);
  return html`<h3>Upsets</h3>\n${tableOf(['game', 'won', 'lost', 'expected score'], rows)}`;
}

function mistakes(found: readonly Mistake[], { server }: Whereabouts): Html | null {
  if (found.length === 0) return null;
  const rows = found.map(({ game, record, agent, step, played, best, cost, share }) => [
    link(game, record),
    agent,
    server === null ? String(step) : replayLink(server, record, step, String(step)),
    played,
    best,
    cost.toFixed(3),
    `${(100 * share).toFixed(1)} %`,
  ]);
  return html`<h3>Costliest graded moves</h3>
${tableOf(['game', 'agent', 'step', 'played', 'best', 'cost', 'of the range'], rows)}`;
}

function link(game: number, record: string): Html {
  return html`<a href="#game-${record}">game ${game}</a>`;
}

/** A link to a moment of a game in the replay viewer of a server. */
function replayLink(server: string, record: string, step: number, text: string): Html {
  const turn = step === 0 ? '' : `?turn=${step}`;
  return html`<a href="${server}/#/replays/${encodeURIComponent(record)}${turn}">${text}</a>`;
}

function stories({ upsets, mistakes }: Report, transcripts: Transcripts, where: Whereabouts): Html {
  const numbers = new Map([...upsets, ...mistakes].map(({ record, game }) => [record, game]));
  const found = [...numbers].map(([record, game]) => story(game, record, transcripts.get(record) ?? '', where));
  return html`${found}`;
}

/** NOTE: a browser opens a closed part of the page when what a link points to lies in it. */
function story(game: number, record: string, text: string, { folder, server }: Whereabouts): Html {
  const replay = server === null ? null : html`; ${replayLink(server, record, 0, 'its replay')}`;
  return html`<details><summary>Game ${game}, record ${record}</summary>
<p class="note" id="game-${record}">ludus replay show ${folder} --id ${record}${replay}</p>
<pre>${text}</pre></details>\n`;
}

function chance(p: number): string {
  return p < 0.0001 ? '0.0001' : p.toFixed(4);
}
