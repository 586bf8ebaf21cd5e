import { existsSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, UserError } from '../src/core/errors.js';
import { issuesOf } from '../src/core/space.js';
import { GRADES_ENDING, lines, recordFiles } from './read.js';

/** Version of the format of annotation files. Readers refuse newer ones. */
export const ANNOTATIONS = 1;

const probability = z.number().min(0).max(1);

/** What every annotation says: which decision it is about. */
const place = {
  annotations: z.literal(ANNOTATIONS).describe('version of this format'),
  episode: z.string().describe('id of the record'),
  step: z.number().int().min(0).describe('position in the steps of the record'),
  seat: z.number().int().min(0),
};

const grade = z
  .object({
    ...place,
    kind: z.literal('grade'),
    source: z.object({
      algorithm: z.string(),
      exploitability: z
        .number()
        .exactOptional()
        .describe('of the policy graded against, in returns; 0 at equilibrium; absent where unknown'),
      policy: z.string().describe('fingerprint of the policy, or of who played the rollouts'),
      agents: z.array(z.string()).exactOptional().describe('who played the rollouts, by seat'),
      rollouts: z.number().int().exactOptional().describe('rollouts of each option'),
      hindsight: z
        .literal(true)
        .exactOptional()
        .describe('values are those in the very episode, of hidden things as they were'),
    }),
    state: z.string().describe('name of the information state'),
    options: z.array(z.string()).describe('ids of what could be played'),
    played: z.string().describe('id of what was played'),
    probabilities: z.array(probability).describe('how often the policy plays each option'),
    values: z.array(z.number()).describe('expected return of the seat after each option'),
    halves: z
      .array(z.number().min(0))
      .exactOptional()
      .describe('of rollouts: half-widths of the 95 % intervals of each value less that of the one played'),
    cost: z
      .number()
      .min(0)
      .describe('value of the best option less that of the one played; 0 where rollouts cannot tell them apart'),
    scale: z.number().positive().describe('range of the returns of a seat, to measure costs by'),
    substituted: z
      .literal(true)
      .exactOptional()
      .describe('not decided by the agent of the seat: moved by the stated rule, or by a stand-in'),
  })
  .refine(
    ({ options, probabilities, values }) => options.length === probabilities.length && options.length === values.length,
    { error: 'options, probabilities and values are as many', path: ['options'] },
  )
  .refine(({ options, played }) => options.includes(played), {
    error: 'what was played is one of the options',
    path: ['played'],
  });

const judgement = z.object({
  ...place,
  kind: z.literal('judgement'),
  source: z.object({
    model: z.string().describe('the judge, by the name its provider returned'),
    rubric: z.string().describe('fingerprint of what it was told to look for'),
    asked: z.string().exactOptional().describe('the judge, by the name it was asked by'),
    prompt: z.number().int().exactOptional().describe('version of the words it was asked in'),
    alternatives: z.number().int().min(1).exactOptional().describe('how many other answers it was to name at most'),
    allSeeing: z.literal(true).exactOptional().describe('it was shown what the seat could not know'),
  }),
  score: probability.exactOptional().describe('how good the move was, by a judge that gives figures'),
  good: z.boolean().describe('whether the move was a good one; of a score: at least one half'),
  better: z.unknown().optional().describe('the move that the judge would rather see'),
  alternatives: z
    .array(z.object({ move: z.unknown(), score: probability, reason: z.string() }))
    .exactOptional()
    .describe('other moves, as the judge scores them'),
  reason: z.string().exactOptional(),
  usage: z
    .object({
      calls: z.number().int().min(0),
      promptTokens: z.number().nullable(),
      completionTokens: z.number().nullable(),
      cost: z.number().exactOptional(),
    })
    .exactOptional()
    .describe('what the judgement took, failed calls included; null where the provider gives no figure'),
});

/** Something said of one decision of a record afterwards. Kinds are told apart by `kind`. */
export const annotation = z.discriminatedUnion('kind', [grade, judgement]);

/** One decision graded by what its alternatives were worth: to a policy, equilibrium play as a rule, or in rollouts. */
export type Grade = z.infer<typeof grade>;
/** One decision judged by a model or a person. */
export type Judgement = z.infer<typeof judgement>;
export type Annotation = z.infer<typeof annotation>;

/** Where the grades of a file of records lie by default. */
export function gradesFileOf(file: string): string {
  return `${file.replace(/\.jsonl$/, '')}${GRADES_ENDING}`;
}

/** The files of grades that lie beside the records of a path. @throws UserError when it holds no records */
export function gradesBeside(path: string): string[] {
  return recordFiles(path)
    .map(gradesFileOf)
    .filter((file) => existsSync(file));
}

/** An annotation as its line, newline included. */
export function annotationLine(one: Annotation): string {
  return `${JSON.stringify(one)}\n`;
}

/** Reads an annotation file. @throws UserError naming the first line that is none, and why */
export async function readAnnotations(file: string): Promise<Annotation[]> {
  if (!existsSync(file)) throw new UserError(`there is no annotation file ${file}; ludus grade makes one`);
  const found: Annotation[] = [];
  let number = 0;
  for await (const { text } of lines(file)) {
    number++;
    if (text.trim() === '') continue;
    const read = parseAnnotation(text);
    if ('problem' in read) throw new UserError(`${file}:${number}: ${read.problem}`);
    found.push(read.annotation);
  }
  return found;
}

/** Reads one line of text as an annotation. */
export function parseAnnotation(text: string): { readonly annotation: Annotation } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `not JSON: ${messageOf(error)}` };
  }
  const version = (value as { annotations?: unknown } | null)?.annotations;
  if (typeof version === 'number' && version > ANNOTATIONS) {
    return { problem: `written in annotation format ${version}; this version reads up to ${ANNOTATIONS}` };
  }
  if (version === undefined)
    return { problem: 'not an annotation: it says no `annotations`, the version of the format' };
  const parsed = annotation.safeParse(value);
  return parsed.success
    ? { annotation: parsed.data }
    : { problem: `not an annotation: ${issuesOf(parsed.error, value)}` };
}

/** Annotations by episode. */
export function byEpisode(annotations: Iterable<Annotation>): ReadonlyMap<string, readonly Annotation[]> {
  const found = new Map<string, Annotation[]>();
  for (const one of annotations) {
    const own = found.get(one.episode);
    if (own === undefined) found.set(one.episode, [one]);
    else own.push(one);
  }
  return found;
}
