import type { Rng } from '../../../src/core/rng.js';
import { between, clear, csvOf, type Drawn, type Kind, poisson, printed, rarely, some, uniform } from './draw.js';
import { likeness, sums, total } from './reckon.js';

type Site = {
  readonly site: string;
  readonly habitat: string;
  readonly area: number;
  readonly area_unit: string;
  readonly elevation: number;
  readonly elevation_unit: string;
};
type Visit = {
  readonly visit: number;
  readonly site: string;
  readonly species: string;
  readonly count: number | null;
};

interface Survey {
  readonly sites: readonly Site[];
  readonly visits: readonly Visit[];
  readonly habitats: readonly string[];
  readonly species: readonly string[];
  readonly files: { readonly [name: string]: string };
}

const HABITATS = ['meadow', 'oak forest', 'marsh', 'heath', 'riverbank', 'orchard', 'pine forest', 'dune'];
const SPECIES = [
  'Apis mellifera',
  'Bombus terrestris',
  'Carabus granulatus',
  'Chorthippus parallelus',
  'Coccinella magnifica',
  'Lycaena phlaeas',
  'Pieris rapae',
  'Sympetrum danae',
  'Vanessa atalanta',
];
const SQUARE_METRES_IN_A_HECTARE = 10_000;
const METRES_IN_A_FOOT = 0.3048;

function survey(rng: Rng): Survey {
  const habitats = some(rng, HABITATS, 3);
  const species = some(rng, SPECIES, between(rng, 4, 7));
  const sites = Array.from({ length: between(rng, 11, 15) }, (_, at) => siteOf(rng, at, habitats));
  const rates = species.map(() => uniform(rng, 1, 3.7) ** 2);
  const visits = visitsOf(rng, sites, species, rates);
  return {
    sites,
    visits,
    habitats,
    species,
    files: { 'sites.csv': csvOf(rng, sites), 'visits.csv': csvOf(rng, visits) },
  };
}

/** NOTE: the first sites take the habitats in turn, so that each has several. */
function siteOf(rng: Rng, at: number, habitats: readonly string[]): Site {
  const inFeet = rarely(rng, 4);
  const inMetres = rarely(rng, 4);
  const hectares = uniform(rng, 0.4, 6);
  const metres = uniform(rng, 80, 1400);
  return {
    site: `S${String(at + 1).padStart(2, '0')}`,
    habitat: habitats[at % habitats.length] as string,
    area: inMetres ? Math.round(hectares * SQUARE_METRES_IN_A_HECTARE) : printed(hectares, 2),
    area_unit: inMetres ? 'm2' : 'ha',
    elevation: Math.round(inFeet ? metres / METRES_IN_A_FOOT : metres),
    elevation_unit: inFeet ? 'ft' : 'm',
  };
}

function visitsOf(rng: Rng, sites: readonly Site[], species: readonly string[], rates: readonly number[]): Visit[] {
  const rows = sites.flatMap((site) => {
    const rich = uniform(rng, 0.5, 2);
    return [1, 2, 3].flatMap((round) =>
      species.map((name, at) => {
        const count = rarely(rng, 15) ? null : poisson(rng, rich * (rates[at] as number));
        return { round, site: site.site, species: name, count };
      }),
    );
  });
  return rng.shuffled(rows).map(({ site, species, count }, at) => ({ visit: at + 1, site, species, count }));
}

function hectares({ area, area_unit }: Site): number {
  return area_unit === 'ha' ? area : area / SQUARE_METRES_IN_A_HECTARE;
}

function metres({ elevation, elevation_unit }: Site): number {
  return elevation_unit === 'm' ? elevation : elevation * METRES_IN_A_FOOT;
}

/** The counted visits to sites of a habitat. */
function counted({ sites, visits }: Survey, habitat: string): { species: string; count: number }[] {
  const inside = new Set(sites.filter((site) => site.habitat === habitat).map(({ site }) => site));
  return visits.flatMap(({ site, species, count }) => (inside.has(site) && count !== null ? [{ species, count }] : []));
}

const MISSING = 'Rows without a count are left out.';

function meanCount(rng: Rng): Drawn {
  const found = survey(rng);
  const [species, habitat] = [rng.pick(found.species), rng.pick(found.habitats)];
  const counts = counted(found, habitat).filter((row) => row.species === species);
  return {
    question: `What is the mean count of ${species} per row of visits.csv at sites of the habitat ${habitat}? ${MISSING} Habitats are in sites.csv.`,
    files: found.files,
    answer: total(counts.map(({ count }) => count)) / counts.length,
  };
}

function densityRatio(rng: Rng): Drawn {
  const found = survey(rng);
  const [one, other] = some(rng, found.habitats, 2) as [string, string];
  const density = (habitat: string) =>
    total(counted(found, habitat).map(({ count }) => count)) /
    total(found.sites.filter((site) => site.habitat === habitat).map(hectares));
  return {
    question: `How many times as dense are animals in the habitat ${one} as in the habitat ${other}? Density is the sum of all counts in visits.csv at sites of the habitat, over the sum of the areas of these sites. ${MISSING} Areas in sites.csv are in ha or in m2, as area_unit says (1 ha is 10,000 m2).`,
    files: found.files,
    answer: density(one) / density(other),
  };
}

function shannon(rng: Rng): Drawn {
  const found = survey(rng);
  const { site } = rng.pick(found.sites);
  const rows = found.visits.filter((visit) => visit.site === site && visit.count !== null);
  const bySpecies = sums(
    rows,
    (row) => row.species,
    (row) => row.count as number,
  );
  const all = total(bySpecies.map(([, count]) => count));
  const parts = bySpecies.filter(([, count]) => count > 0).map(([, count]) => (count / all) * Math.log(all / count));
  return {
    question: `What is the Shannon diversity index, with natural logarithms, of the species counted at site ${site}? Add up the counts of each species in visits.csv over all visits. ${MISSING}`,
    files: found.files,
    answer: total(parts),
  };
}

function elevationCorrelation(rng: Rng): Drawn {
  const found = survey(rng);
  const species = rng.pick(found.species);
  const totals = found.sites.map(({ site }) =>
    total(found.visits.map((visit) => (visit.site === site && visit.species === species ? (visit.count ?? 0) : 0))),
  );
  return {
    question: `What is Pearson's correlation over the sites between elevation and the total count of ${species} in visits.csv? ${MISSING} Elevations in sites.csv are in m or in ft, as elevation_unit says (1 ft is 0.3048 m).`,
    files: found.files,
    answer: likeness(found.sites.map(metres), totals),
  };
}

function topSpecies(rng: Rng): Drawn {
  const found = survey(rng);
  const habitat = rng.pick(found.habitats);
  const bySpecies = sums(
    counted(found, habitat),
    (row) => row.species,
    (row) => row.count,
  );
  const [, most] = bySpecies[0] as [string, number];
  return {
    question: `What percentage of all animals counted at sites of the habitat ${habitat} belongs to the species counted most there? Counts are in visits.csv, habitats in sites.csv. ${MISSING}`,
    files: found.files,
    answer: (100 * most) / total(bySpecies.map(([, count]) => count)),
  };
}

export const ecology: readonly Kind[] = [
  { name: 'mean count', draw: meanCount },
  { name: 'density ratio', draw: densityRatio },
  { name: 'diversity', draw: shannon },
  { name: 'correlation after join', draw: (rng) => clear(rng, elevationCorrelation) },
  { name: 'share of the top group', draw: topSpecies },
];
