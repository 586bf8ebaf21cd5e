import type { Rng } from '../../../src/core/rng.js';
import { between, clear, csvOf, type Drawn, type Kind, normal, printed, rarely, some, uniform } from './draw.js';
import { average, interceptOf, slopeOf } from './reckon.js';

type Well = {
  readonly well: string;
  readonly enzyme: string;
  readonly substrate: number;
  readonly unit: string;
  readonly rate: number;
};

interface Assay {
  readonly wells: readonly Well[];
  readonly enzymes: readonly string[];
  readonly files: { readonly [name: string]: string };
}

const MUTANTS = ['K41R', 'D83N', 'H119A', 'G152S', 'E35Q', 'Y170F', 'R97K', 'S214T'];
/** What the reader writes for a rate that it failed to take. */
const FAILED = -999;

function assay(rng: Rng): Assay {
  const enzymes = ['wild type', ...some(rng, MUTANTS, 2)];
  const vmax = enzymes.map(() => uniform(rng, 20, 90));
  const km = enzymes.map(() => uniform(rng, 60, 600));
  const rows = enzymes.flatMap((enzyme, at) => wellsOf(rng, enzyme, vmax[at] as number, km[at] as number));
  const wells = rng.shuffled(rows).map((row, at) => ({ well: wellName(at), ...row }));
  return { wells, enzymes, files: { 'assay.csv': csvOf(rng, wells) } };
}

function wellsOf(rng: Rng, enzyme: string, vmax: number, km: number): Omit<Well, 'well'>[] {
  const doses = [25, 50, 100, 200, 400, 800, 1600];
  return doses.flatMap((dose) =>
    [1, 2, 3].map(() => {
      const inMillimolar = rarely(rng, 5);
      const rate = ((vmax * dose) / (km + dose)) * normal(rng, 1, 0.04);
      return {
        enzyme,
        substrate: inMillimolar ? dose / 1000 : dose,
        unit: inMillimolar ? 'mM' : 'uM',
        rate: rarely(rng, 14) ? FAILED : printed(rate, 2),
      };
    }),
  );
}

function wellName(at: number): string {
  return `${'ABCDEFGH'.charAt(at % 8)}${Math.floor(at / 8) + 1}`;
}

/** Concentrations in uM and rates of an enzyme's wells that were read. */
function read({ wells }: Assay, enzyme: string): { dose: number; rate: number }[] {
  return wells.flatMap((well) =>
    well.enzyme === enzyme && well.rate !== FAILED
      ? [{ dose: Math.round(well.unit === 'mM' ? well.substrate * 1000 : well.substrate), rate: well.rate }]
      : [],
  );
}

const UNITS =
  'Substrate in assay.csv is in uM or in mM, as unit says; a rate of -999 is a failed reading and is left out.';
const DOUBLE = 'the least squares line of 1/rate against 1/substrate over all wells';
const HANES = 'the least squares line of substrate/rate against substrate over all wells (Hanes-Woolf)';

/** SEE: H. Lineweaver, D. Burk, "The determination of enzyme dissociation constants", 1934. */
function maximum(rng: Rng): Drawn {
  const found = assay(rng);
  const enzyme = rng.pick(found.enzymes);
  const rows = read(found, enzyme);
  const line = interceptOf(
    rows.map(({ dose }) => 1 / dose),
    rows.map(({ rate }) => 1 / rate),
  );
  return {
    question: `What is Vmax of the enzyme ${enzyme}, in the unit of rate, from ${DOUBLE}? ${UNITS}`,
    files: found.files,
    answer: 1 / line,
  };
}

/** SEE: C. Hanes, "Studies on plant amylases", 1932: the line's intercept is Km / Vmax and its slope 1 / Vmax. */
function michaelis(found: Assay, enzyme: string): number {
  const rows = read(found, enzyme);
  const doses = rows.map(({ dose }) => dose);
  const ratios = rows.map(({ dose, rate }) => dose / rate);
  return interceptOf(doses, ratios) / slopeOf(doses, ratios);
}

function constant(rng: Rng): Drawn {
  const found = assay(rng);
  const enzyme = rng.pick(found.enzymes);
  return {
    question: `What is the Michaelis constant Km of the enzyme ${enzyme}, in uM, from ${HANES}? ${UNITS}`,
    files: found.files,
    answer: michaelis(found, enzyme),
  };
}

function constantRatio(rng: Rng): Drawn {
  const found = assay(rng);
  const mutant = rng.pick(found.enzymes.slice(1));
  return {
    question: `What is the ratio of the Michaelis constants, ${mutant} over wild type, each from ${HANES}? ${UNITS}`,
    files: found.files,
    answer: michaelis(found, mutant) / michaelis(found, 'wild type'),
  };
}

/** The mean rate at each concentration that was read at least once. */
function means(rows: readonly { readonly dose: number; readonly rate: number }[]): number[] {
  const doses = [...new Set(rows.map(({ dose }) => dose))];
  return doses.map((dose) => average(rows.filter((row) => row.dose === dose).map(({ rate }) => rate)));
}

function largest(rng: Rng): Drawn {
  const found = assay(rng);
  const enzyme = rng.pick(found.enzymes);
  return {
    question: `Of the concentrations of substrate, one gives the enzyme ${enzyme} its largest mean rate. What is that mean rate? ${UNITS}`,
    files: found.files,
    answer: Math.max(...means(read(found, enzyme))),
  };
}

type Sample = {
  readonly minute: number;
  readonly sample: string;
  readonly absorbance: number | null;
  readonly dilution: number;
};

function decay(rng: Rng): Drawn {
  const names = ['A', 'B', 'C'];
  const rows: Sample[] = names.flatMap((sample) => {
    const rate = uniform(rng, 0.004, 0.03);
    const start = uniform(rng, 3, 9);
    return Array.from({ length: between(rng, 14, 20) }, (_, at) => sampleOf(rng, sample, at * 6, start, rate));
  });
  const sample = rng.pick(names);
  const taken = rows.filter((row) => row.sample === sample && row.absorbance !== null);
  const slope = slopeOf(
    taken.map(({ minute }) => minute),
    taken.map(({ absorbance, dilution }) => Math.log((absorbance as number) * dilution)),
  );
  return {
    question: `What is the half-life of sample ${sample} in minutes, from the least squares line of the natural logarithm of its absorbance against the minute? The absorbance in decay.csv is that of the diluted sample and is to be multiplied by dilution; rows without one are left out.`,
    files: { 'decay.csv': csvOf(rng, rng.shuffled(rows)) },
    answer: -Math.log(2) / slope,
  };
}

function sampleOf(rng: Rng, sample: string, minute: number, start: number, rate: number): Sample {
  const dilution = rng.pick([1, 1, 2, 5]);
  const full = start * Math.exp(-rate * minute) * normal(rng, 1, 0.03);
  return { minute, sample, absorbance: rarely(rng, 12) ? null : printed(full / dilution, 3), dilution };
}

export const kinetics: readonly Kind[] = [
  { name: 'Vmax', draw: (rng) => clear(rng, maximum) },
  { name: 'Michaelis constant', draw: (rng) => clear(rng, constant) },
  { name: 'ratio of constants', draw: (rng) => clear(rng, constantRatio) },
  { name: 'largest response', draw: largest },
  { name: 'half-life', draw: (rng) => clear(rng, decay) },
];
