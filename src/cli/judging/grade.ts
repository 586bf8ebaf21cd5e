import { existsSync, readFileSync } from 'node:fs';
import { openModel } from '../../../agents/llm/open.js';
import { parametersOf, readArgument } from '../../../agents/llm/settings.js';
import { type ModelJudge, sourceOf } from '../../arena/grading/judging/judge.js';
import { RUBRIC } from '../../arena/grading/judging/prompt.js';
import { Catalogue } from '../../core/catalogue.js';
import { UserError } from '../../core/errors.js';
import { Models } from '../../llm/open.js';
import type { Screen } from '../screen.js';
import { JudgingReport } from './report.js';
import { Judging } from './run.js';

export interface ModelJudgeOptions {
  readonly model?: string;
  readonly rubric?: string;
  readonly alternatives?: number;
  readonly allSeeing?: boolean;
  readonly concurrency?: number;
  readonly limit?: number;
  readonly agentsOf?: readonly string[];
  readonly seats?: readonly number[];
  readonly id?: string;
  readonly out?: string;
  readonly moves?: boolean;
  readonly json?: boolean;
}

const USUAL = { concurrency: 8, tries: 3, maxTokens: 1024 };
/** What an agent's spec may say and a judge has no use for. */
const OF_SEATS = /^(style|memory|answers|fallback|contextTokens|votes|best|patience|timeoutMs)=/;

/** `ludus grade --by judge`. @throws UserError naming the option or the file that is wrong */
export async function gradeByModel(
  path: string,
  options: ModelJudgeOptions,
  { screen, signal }: { readonly screen: Screen; readonly signal: AbortSignal },
): Promise<void> {
  const models = new Models();
  try {
    const judge = await openJudge(options, models);
    const report = new JudgingReport(sourceOf(judge), options.moves === true);
    const { id = '', seats, agentsOf, out, limit = Number.POSITIVE_INFINITY } = options;
    const { concurrency = USUAL.concurrency } = options;
    const plan = {
      ...{ path, id, judge, limit, concurrency },
      ...(seats === undefined ? {} : { seats }),
      ...(agentsOf === undefined ? {} : { agentsOf }),
      ...(out === undefined ? {} : { out }),
    };
    const { files, stopped } = await new Judging(plan, { catalogue: new Catalogue(), screen, signal }, report).run();
    report.refuseEmpty(path, stopped);
    const text =
      options.json === true ? JSON.stringify(report.json(files, stopped)) : report.lines(files, stopped).join('\n');
    process.stdout.write(`${text}\n`);
  } finally {
    await models.close();
  }
}

async function openJudge(options: ModelJudgeOptions, models: Models): Promise<ModelJudge> {
  const { model: spec, alternatives = 0, allSeeing = false } = options;
  if (spec === undefined) {
    throw new UserError('--by judge needs a model: --model <provider>/<model>, as in --model openai/gpt-5-mini');
  }
  const argument = spec.replace(/^llm:/, '');
  const stray = argument.split(',').find((part) => OF_SEATS.test(part));
  if (stray !== undefined)
    throw new UserError(`--model: "${stray.split('=')[0]}" is for agents at a table, not for judges`);
  const { model: name, settings } = readArgument(argument);
  const model = await openModel(name, settings, models);
  const parameters = { maxTokens: USUAL.maxTokens, ...model.defaults, ...parametersOf(settings) };
  return { model, parameters, tries: USUAL.tries, rubric: rubricOf(options.rubric), alternatives, allSeeing };
}

function rubricOf(file: string | undefined): string {
  if (file === undefined) return RUBRIC;
  if (!existsSync(file)) throw new UserError(`--rubric ${file}: there is no such file`);
  const text = readFileSync(file, 'utf8').trim();
  if (text === '') throw new UserError(`--rubric ${file} is empty`);
  return text;
}
