import type { Rng } from '../../../src/core/rng.js';
import {
  between,
  clear,
  csvOf,
  type Drawn,
  type Kind,
  normal,
  poisson,
  printed,
  rarely,
  some,
  uniform,
} from './draw.js';
import { atShare, average, spread, total } from './reckon.js';

type Patient = {
  readonly patient: string;
  readonly arm: string;
  readonly sex: string;
  readonly age: number;
  readonly weight: number | null;
  readonly weight_unit: string;
};
type Result = {
  readonly patient: string;
  readonly baseline: number;
  readonly week12: number | null;
  readonly events: number;
  readonly days: number;
};

interface Trial {
  readonly patients: readonly Patient[];
  readonly results: readonly Result[];
  readonly drug: string;
  readonly files: { readonly [name: string]: string };
}

const DRUGS = ['tresoline', 'avarmid', 'kelbutan', 'orivast', 'mendaplin', 'sulfenor'];
const KILOGRAMS_IN_A_POUND = 0.45359237;
const DAYS_IN_A_YEAR = 365.25;

function trial(rng: Rng): Trial {
  const drug = rng.pick(DRUGS);
  const usual = uniform(rng, 52, 98);
  const patients = Array.from({ length: between(rng, 70, 110) }, (_, at) => patientOf(rng, at, drug, usual));
  const effect = uniform(rng, -12, -3);
  const rates = { [drug]: uniform(rng, 0.3, 0.9), placebo: uniform(rng, 0.8, 2) };
  const results = rng
    .shuffled(patients.filter(() => !rarely(rng, 12)))
    .map(({ patient, arm }) => resultOf(rng, patient, arm === drug ? effect : -1, rates[arm] as number));
  const files = { 'patients.csv': csvOf(rng, patients), 'results.csv': csvOf(rng, results) };
  return { patients, results, drug, files };
}

/** NOTE: patients take the arms in turn, so that both are of about one size. */
function patientOf(rng: Rng, at: number, drug: string, usual: number): Patient {
  const inPounds = rarely(rng, 5);
  const kilograms = normal(rng, usual, 0.15 * usual);
  const weight = rarely(rng, 20) ? null : printed(inPounds ? kilograms / KILOGRAMS_IN_A_POUND : kilograms, 1);
  return {
    patient: `P${String(at + 1).padStart(3, '0')}`,
    arm: at % 2 === 0 ? drug : 'placebo',
    sex: rng.pick(['female', 'male']),
    age: between(rng, 21, 79),
    weight,
    weight_unit: inPounds ? 'lb' : 'kg',
  };
}

function resultOf(rng: Rng, patient: string, effect: number, rate: number): Result {
  const baseline = printed(normal(rng, 148, 11), 1);
  const days = between(rng, 120, 400);
  return {
    patient,
    baseline,
    week12: rarely(rng, 10) ? null : printed(baseline + normal(rng, effect, 9), 1),
    events: poisson(rng, (rate * days) / DAYS_IN_A_YEAR),
    days,
  };
}

/** The results of the patients in an arm. */
function resultsOf({ patients, results }: Trial, arm: string): Result[] {
  const inside = new Set(patients.filter((patient) => patient.arm === arm).map(({ patient }) => patient));
  return results.filter(({ patient }) => inside.has(patient));
}

function changesOf(found: Trial, arm: string): number[] {
  return resultsOf(found, arm).flatMap(({ baseline, week12 }) => (week12 === null ? [] : [week12 - baseline]));
}

const CHANGE =
  'The change is week12 less baseline in results.csv; patients without a value at week 12 are left out. Arms are in patients.csv.';

function effectSize(rng: Rng): Drawn {
  const found = trial(rng);
  const [a, b] = [changesOf(found, found.drug), changesOf(found, 'placebo')];
  const pooled = ((a.length - 1) * spread(a) + (b.length - 1) * spread(b)) / (a.length + b.length - 2);
  return {
    question: `What is Cohen's d, with the pooled sample standard deviation, of the change of blood pressure under ${found.drug} less that under placebo? ${CHANGE}`,
    files: found.files,
    answer: (average(a) - average(b)) / Math.sqrt(pooled),
  };
}

function welch(rng: Rng): Drawn {
  const found = trial(rng);
  const [a, b] = [changesOf(found, found.drug), changesOf(found, 'placebo')];
  return {
    question: `What is Welch's t statistic of the change of blood pressure under ${found.drug} less that under placebo? ${CHANGE}`,
    files: found.files,
    answer: (average(a) - average(b)) / Math.sqrt(spread(a) / a.length + spread(b) / b.length),
  };
}

function rateRatio(rng: Rng): Drawn {
  const found = trial(rng);
  const rate = (arm: string) => {
    const rows = resultsOf(found, arm);
    return total(rows.map(({ events }) => events)) / total(rows.map(({ days }) => days));
  };
  return {
    question: `What is the ratio of the rates of events per day of observation in results.csv, ${found.drug} over placebo? A rate is all events of an arm over all days of that arm. Arms are in patients.csv.`,
    files: found.files,
    answer: rate(found.drug) / rate('placebo'),
  };
}

function medianWeight(rng: Rng): Drawn {
  const found = trial(rng);
  const [sex, age] = [rng.pick(['female', 'male']), between(rng, 28, 55)];
  const weights = found.patients.flatMap((patient) =>
    patient.sex === sex && patient.age > age && patient.weight !== null
      ? [patient.weight * (patient.weight_unit === 'lb' ? KILOGRAMS_IN_A_POUND : 1)]
      : [],
  );
  return {
    question: `What is the median weight in kg of the ${sex} patients in patients.csv who are older than ${age}? Weights are in kg or in lb, as weight_unit says (1 lb is 0.45359237 kg); patients without a weight are left out.`,
    files: found.files,
    answer: atShare(weights, 0.5),
  };
}

/** Responders and others in an arm. */
function responders(found: Trial, arm: string, drop: number): [number, number] {
  const changes = changesOf(found, arm);
  const count = changes.filter((change) => change <= -drop).length;
  return [count, changes.length - count];
}

/** NOTE: changes have one digit after the point, so that none is at a limit with two. */
function limit(rng: Rng): number {
  return printed(between(rng, 30, 70) / 10 + 0.05, 2);
}

function oddsRatio(rng: Rng): Drawn {
  const found = trial(rng);
  const drop = limit(rng);
  const [[a, b], [c, d]] = [responders(found, found.drug, drop), responders(found, 'placebo', drop)];
  return {
    question: `What is the odds ratio of a response, ${found.drug} over placebo? A patient responds whose change of blood pressure is -${drop} or less. ${CHANGE}`,
    files: found.files,
    answer: b * c === 0 ? Number.NaN : (a * d) / (b * c),
  };
}

/** NOTE: the short form for a table of two by two, where the kit sums over expected counts. */
function chiSquare(rng: Rng): Drawn {
  const found = trial(rng);
  const drop = limit(rng);
  const [[a, b], [c, d]] = [responders(found, found.drug, drop), responders(found, 'placebo', drop)];
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  return {
    question: `What is Pearson's chi-square statistic, without a continuity correction, of arm against response? A patient responds whose change of blood pressure is -${drop} or less. ${CHANGE}`,
    files: found.files,
    answer: ((a + b + c + d) * (a * d - b * c) ** 2) / margins,
  };
}

function ageGap(rng: Rng): Drawn {
  const found = trial(rng);
  const [one, other] = some(rng, ['female', 'male'], 2) as [string, string];
  const arm = rng.pick([found.drug, 'placebo']);
  const ages = (sex: string) =>
    found.patients.filter((row) => row.sex === sex && row.arm === arm).map(({ age }) => age);
  return {
    question: `By what percentage is the mean age of the ${one} patients in patients.csv in the arm ${arm} above that of the ${other} patients of that arm? It is negative where it is below.`,
    files: found.files,
    answer: 100 * (average(ages(one)) / average(ages(other)) - 1),
  };
}

export const clinicalTrial: readonly Kind[] = [
  { name: 'effect size', draw: (rng) => clear(rng, effectSize) },
  { name: 't statistic', draw: (rng) => clear(rng, welch) },
  { name: 'rate ratio', draw: (rng) => clear(rng, rateRatio) },
  { name: 'median after a filter', draw: medianWeight },
  { name: 'odds ratio', draw: (rng) => clear(rng, oddsRatio) },
  { name: 'chi-square', draw: (rng) => clear(rng, chiSquare) },
  { name: 'difference in percent', draw: (rng) => clear(rng, ageGap) },
];
