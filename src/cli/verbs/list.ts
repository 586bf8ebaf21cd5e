import type { Command } from 'commander';
import { learners, solvers } from '../../../policies/found.js';
import type { Learner } from '../../../policies/learner.js';
import type { Solver } from '../../../policies/solver.js';
import { Catalogue } from '../../core/catalogue.js';
import type { Environment } from '../../core/environment.js';
import { messageOf } from '../../core/errors.js';
import type { JsonObject } from '../../core/json.js';
import { type Paper, paperOf } from '../paper.js';
import { sheet } from '../sheet.js';
import { sizesText } from '../task-files.js';

const EXAMPLES = `
Examples:
  ludus list
  ludus list --json

Environments and agents of your own are found in the folders that ludus.config.json names:
  { "environments": ["my-envs"], "agents": ["my-agents"] }`;

export function register(program: Command): void {
  program
    .command('list')
    .description('show the environments, agents, solvers and learners there are')
    .option('--json', 'as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(list);
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const catalogue = new Catalogue();
  const environments = await Promise.all(catalogue.environments.map(({ id }) => environmentRow(catalogue, id)));
  const agents = await Promise.all(catalogue.agents.map(({ id }) => agentRow(catalogue, id)));
  const algorithms = { solvers: (await solvers()).map(solverRow), learners: (await learners()).map(learnerRow) };
  if (json === true) process.stdout.write(`${JSON.stringify({ environments, agents, ...algorithms })}\n`);
  else paperOf().write([...listLines(environments, agents, paperOf()), ...algorithmLines(algorithms, paperOf())]);
}

function solverRow({ id, title, paper, roads }: Solver): JsonObject {
  return { id, title, paper, roads: Object.fromEntries(Object.entries(roads).map(([name, { says }]) => [name, says])) };
}

function learnerRow({ id, title, paper, presets = {} }: Learner): JsonObject {
  return {
    id,
    title,
    paper,
    settings: Object.fromEntries(Object.entries(presets).map(([name, { says }]) => [name, says])),
  };
}

/** NOTE: one item that cannot be loaded must not hide the others; its row says why. */
async function environmentRow(catalogue: Catalogue, id: string): Promise<JsonObject> {
  try {
    return summaryOf(await catalogue.environment(id), id);
  } catch (error) {
    return { id, problem: messageOf(error) };
  }
}

async function agentRow(catalogue: Catalogue, id: string): Promise<JsonObject> {
  try {
    const { title, usage } = await catalogue.family(id);
    return { id, title, usage };
  } catch (error) {
    return { id, problem: messageOf(error) };
  }
}

function summaryOf({ spec, scripted, tasks }: Environment, id: string): JsonObject {
  const { title, version, summary } = spec;
  const { seats, information, dynamics, chance, calls, horizon } = spec.facts(spec.config.parse({}));
  const presets = Object.keys(spec.presets ?? {});
  const styles = Object.keys(scripted?.styles ?? {});
  const sizes = tasks?.sizes ?? null;
  return {
    ...{ id, title, version, summary, seats, information, dynamics, chance, calls, horizon, presets, styles },
    tasks: sizes,
  };
}

function listLines(
  environments: readonly JsonObject[],
  agents: readonly JsonObject[],
  { ink, width }: Paper,
): string[] {
  const games = environments.map(({ id, seats, information, dynamics, summary, tasks, problem }) =>
    problem === undefined
      ? [id, seats, information, dynamics, `${summary as string}${tasksIn(tasks as Sizes)}`]
      : [id, '', '', '', problem],
  );
  const players = agents.map(({ id, title, usage, problem }) => [
    id,
    problem ?? (usage === '' ? title : `${title}\n${usage}`),
  ]);
  return [
    '',
    ink('bold', 'Environments'),
    ...sheet(['id', 'seats', 'information', 'moves', 'what it is'], games, width, ink),
    '',
    ink('bold', 'Agents'),
    ...sheet(['id', 'who answers'], players, width, ink),
    '',
  ];
}

type Sizes = { readonly [split: string]: number } | null;

function tasksIn(sizes: Sizes): string {
  return sizes === null ? '' : `\nTasks: ${sizesText(sizes)}`;
}

function algorithmLines(
  { solvers: tabular, learners: learned }: { solvers: readonly JsonObject[]; learners: readonly JsonObject[] },
  { ink, width }: Paper,
): string[] {
  const rows = (items: readonly JsonObject[], last: string): unknown[][] =>
    items.map((item) => [item.id, `${item.title}\n${item.paper}`, Object.keys(item[last] as JsonObject).join(', ')]);
  return [
    ink('bold', 'Solvers'),
    ...sheet(['id', 'what it is', 'roads'], rows(tabular, 'roads'), width, ink),
    '',
    ...(learned.length === 0
      ? []
      : [
          ink('bold', 'Learners'),
          ...sheet(['id', 'what it is', 'settings'], rows(learned, 'settings'), width, ink),
          '',
        ]),
    ink('dim', 'ludus describe <env> tells all about one; match plays it, solve and train make policies for it.'),
  ];
}
