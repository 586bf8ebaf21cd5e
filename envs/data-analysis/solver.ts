/** A question whose kind is known: the cell that works it out, and what such questions usually come to. */
export interface Known {
  readonly name: string;
  readonly cell: string;
  readonly usual: number;
}

/** A kind of question by its words. `cell` takes what the pattern caught, each as a literal of JavaScript. */
interface Solver {
  readonly name: string;
  readonly pattern: RegExp;
  cell(...caught: string[]): string;
  readonly usual: number;
}

/** The kind of a question, read from its words alone; null for one that is not embedded. */
export function knownKind(question: string): Known | null {
  for (const { name, pattern, cell, usual } of SOLVERS) {
    const match = pattern.exec(question);
    if (match !== null) return { name, cell: cell(...match.slice(1).map(literal)), usual };
  }
  return null;
}

function literal(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? text : JSON.stringify(text);
}

const SURVEY = `const sites = csv("sites.csv");
const rows = join(csv("visits.csv"), sites, "site").filter((row) => row.count !== null);
const hectares = (site) => (site.area_unit === "m2" ? site.area / 10000 : site.area);
const metres = (site) => (site.elevation_unit === "ft" ? site.elevation * 0.3048 : site.elevation);
`;

const TRIAL = `const patients = csv("patients.csv");
const arms = groupBy(join(csv("results.csv"), patients, "patient"), "arm");
const change = (arm) => arms[arm].filter((row) => row.week12 !== null).map((row) => row.week12 - row.baseline);
const answered = (arm, limit) => [change(arm).filter((value) => value <= limit).length, change(arm).filter((value) => value > limit).length];
`;

const ASSAY = `const wells = csv("assay.csv").filter((row) => row.rate !== -999);
for (const row of wells) row.dose = Math.round(row.unit === "mM" ? row.substrate * 1000 : row.substrate);
const of = (enzyme) => wells.filter((row) => String(row.enzyme) === enzyme);
const hanes = (rows) => regression(numbers(rows, "dose"), numbers(rows, (row) => row.dose / row.rate));
const km = (enzyme) => hanes(of(enzyme)).intercept / hanes(of(enzyme)).slope;
`;

const SHOP = `const once = Object.values(groupBy(csv("orders.csv"), "order")).map((rows) => rows[0]);
const orders = join(once, csv("products.csv"), "product").filter((row) => row.units !== null);
for (const row of orders) row.euros = row.price_unit === "ct" ? row.price / 100 : row.price;
for (const row of orders) row.revenue = row.units * row.euros;
const revenue = (keep) => sum(numbers(orders.filter(keep), "revenue"));
`;

const LOG = `const log = join(csv("readings.csv"), csv("sensors.csv"), "sensor").filter((row) => row.temperature !== null && row.temperature !== -999);
for (const row of log) row.celsius = (row.unit === "F" ? ((row.temperature - 32) * 5) / 9 : row.temperature) + row.offset;
log.sort((a, b) => a.minute - b.minute);
const celsius = (keep) => numbers(log.filter(keep), "celsius");
`;

const SOLVERS: readonly Solver[] = [
  {
    name: 'mean count',
    pattern: /mean count of (.+) per row of visits\.csv at sites of the habitat (.+)\? Rows/,
    cell: (species, habitat) =>
      `${SURVEY}mean(numbers(rows.filter((row) => row.species === ${species} && row.habitat === ${habitat}), "count"))`,
    usual: 7,
  },
  {
    name: 'density ratio',
    pattern: /as dense are animals in the habitat (.+) as in the habitat (.+)\? Density/,
    cell: (one, other) => `${SURVEY}const density = (habitat) =>
  sum(numbers(rows.filter((row) => row.habitat === habitat), "count")) / sum(sites.filter((site) => site.habitat === habitat).map(hectares));
density(${one}) / density(${other})`,
    usual: 1,
  },
  {
    name: 'diversity',
    pattern: /Shannon diversity index.*counted at site (\S+)\? Add/,
    cell: (
      site,
    ) => `${SURVEY}const totals = Object.values(groupBy(rows.filter((row) => row.site === ${site}), "species")).map((list) => sum(numbers(list, "count")));
-sum(totals.filter((n) => n > 0).map((n) => (n / sum(totals)) * Math.log(n / sum(totals))))`,
    usual: 1.5,
  },
  {
    name: 'correlation after join',
    pattern: /elevation and the total count of (.+) in visits\.csv\?/,
    cell: (
      species,
    ) => `${SURVEY}const total = (site) => sum(numbers(rows.filter((row) => row.site === site.site && row.species === ${species}), "count"));
correlation(sites.map(metres), sites.map(total))`,
    usual: 0.2,
  },
  {
    name: 'share of the top group',
    pattern: /all animals counted at sites of the habitat (.+) belongs/,
    cell: (
      habitat,
    ) => `${SURVEY}const totals = Object.values(groupBy(rows.filter((row) => row.habitat === ${habitat}), "species")).map((list) => sum(numbers(list, "count")));
(100 * max(totals)) / sum(totals)`,
    usual: 32,
  },
  {
    name: 'effect size',
    pattern: /Cohen's d.*?under (.+?) less/,
    cell: (drug) => `${TRIAL}const [a, b] = [change(${drug}), change("placebo")];
(mean(a) - mean(b)) / Math.sqrt(((a.length - 1) * variance(a) + (b.length - 1) * variance(b)) / (a.length + b.length - 2))`,
    usual: -0.68,
  },
  {
    name: 't statistic',
    pattern: /Welch's t statistic.*?under (.+?) less/,
    cell: (drug) => `${TRIAL}tTest(change(${drug}), change("placebo")).t`,
    usual: -3.1,
  },
  {
    name: 'rate ratio',
    pattern: /rates of events per day.*csv, (.+) over placebo\?/,
    cell: (drug) => `${TRIAL}const rate = (arm) => sum(numbers(arms[arm], "events")) / sum(numbers(arms[arm], "days"));
rate(${drug}) / rate("placebo")`,
    usual: 0.44,
  },
  {
    name: 'median after a filter',
    pattern: /median weight in kg of the (\w+) patients.*older than (\d+)\?/,
    cell: (
      sex,
      age,
    ) => `${TRIAL}const chosen = patients.filter((row) => row.sex === ${sex} && row.age > ${age} && row.weight !== null);
median(chosen.map((row) => (row.weight_unit === "lb" ? row.weight * 0.45359237 : row.weight)))`,
    usual: 75,
  },
  {
    name: 'odds ratio',
    pattern: /odds ratio of a response, (.+) over placebo\?.*is (-[\d.]+\d) or less/,
    cell: (
      drug,
      limit,
    ) => `${TRIAL}const [[a, b], [c, d]] = [answered(${drug}, ${limit}), answered("placebo", ${limit})];
(a * d) / (b * c)`,
    usual: 3,
  },
  {
    name: 'chi-square',
    pattern: /chi-square statistic.*is (-[\d.]+\d) or less/,
    cell: (limit) => `${TRIAL}chiSquare(Object.keys(arms).map((arm) => answered(arm, ${limit}))).chi2`,
    usual: 8,
  },
  {
    name: 'difference in percent',
    pattern: /mean age of the (\w+) patients in patients\.csv in the arm (.+) above that of the (\w+) patients/,
    cell: (
      one,
      arm,
      other,
    ) => `${TRIAL}const age = (sex) => mean(numbers(patients.filter((row) => row.sex === sex && row.arm === ${arm}), "age"));
100 * (age(${one}) / age(${other}) - 1)`,
    usual: 2,
  },
  {
    name: 'Vmax',
    pattern: /Vmax of the enzyme (.+), in the unit/,
    cell: (enzyme) =>
      `${ASSAY}1 / regression(numbers(of(${enzyme}), (row) => 1 / row.dose), numbers(of(${enzyme}), (row) => 1 / row.rate)).intercept`,
    usual: 52,
  },
  {
    name: 'Michaelis constant',
    pattern: /constant Km of the enzyme (.+), in uM/,
    cell: (enzyme) => `${ASSAY}km(${enzyme})`,
    usual: 330,
  },
  {
    name: 'ratio of constants',
    pattern: /Michaelis constants, (.+) over wild type/,
    cell: (mutant) => `${ASSAY}km(${mutant}) / km("wild type")`,
    usual: 1,
  },
  {
    name: 'largest response',
    pattern: /gives the enzyme (.+) its largest mean rate/,
    cell: (enzyme) =>
      `${ASSAY}max(Object.values(groupBy(of(${enzyme}), "dose")).map((rows) => mean(numbers(rows, "rate"))))`,
    usual: 48,
  },
  {
    name: 'half-life',
    pattern: /half-life of sample (\w+) in minutes/,
    cell: (
      sample,
    ) => `const taken = csv("decay.csv").filter((row) => row.sample === ${sample} && row.absorbance !== null);
-Math.log(2) / regression(numbers(taken, "minute"), numbers(taken, (row) => Math.log(row.absorbance * row.dilution))).slope`,
    usual: 36,
  },
  {
    name: 'share of a group',
    pattern: /revenue comes from the category (\w+)\?/,
    cell: (category) => `${SHOP}(100 * revenue((row) => row.category === ${category})) / revenue(() => true)`,
    usual: 25,
  },
  {
    name: 'growth',
    pattern: /did revenue change from (\w+) to (\w+) 2023\?/,
    cell: (one, other) => `${SHOP}const months = ["January", "February", "March", "April"];
const ofMonth = (name) => revenue((row) => Number(row.date.slice(5, 7)) === months.indexOf(name) + 1);
100 * (ofMonth(${other}) / ofMonth(${one}) - 1)`,
    usual: 2,
  },
  {
    name: 'top group',
    pattern: /store with the largest revenue\?/,
    cell: () => `${SHOP}max(Object.keys(groupBy(orders, "store")).map((name) => revenue((row) => row.store === name)))`,
    usual: 20_000,
  },
  {
    name: 'percentile',
    pattern: /the (\d+)th percentile of the revenue.*of the store (\w+), with/,
    cell: (percent, store) =>
      `${SHOP}quantile(numbers(orders.filter((row) => row.store === ${store}), "revenue"), ${percent} / 100)`,
    usual: 680,
  },
  {
    name: 'elasticity',
    pattern: /price elasticity of the product (\S+): /,
    cell: (product) => `${SHOP}const sold = orders.filter((row) => row.product === ${product});
regression(numbers(sold, (row) => Math.log(row.euros)), numbers(sold, (row) => Math.log(row.units))).slope`,
    usual: -1.5,
  },
  {
    name: 'rolling maximum',
    pattern: /largest mean of (\d+) readings in a row of the sensor (\w+),/,
    cell: (size, sensor) => `${LOG}max(rolling(celsius((row) => row.sensor === ${sensor}), ${size}))`,
    usual: 19,
  },
  {
    name: 'slope',
    pattern: /an hour does the temperature of the sensor (\w+) change/,
    cell: (sensor) => `${LOG}const mine = log.filter((row) => row.sensor === ${sensor});
regression(numbers(mine, (row) => row.minute / 60), numbers(mine, "celsius")).slope`,
    usual: 0.3,
  },
  {
    name: 'spread without outliers',
    pattern: /temperatures of the (.+) without outliers/,
    cell: (room) => `${LOG}const values = celsius((row) => row.room === ${room});
const [low, high] = [quantile(values, 0.25), quantile(values, 0.75)];
sd(values.filter((value) => value >= low - 1.5 * (high - low) && value <= high + 1.5 * (high - low)))`,
    usual: 1.2,
  },
  {
    name: 'percentage above a limit',
    pattern: /readings of the (.+) is above (-?[\d.]+) degrees/,
    cell: (room, limit) => `${LOG}const values = celsius((row) => row.room === ${room});
(100 * values.filter((value) => value > ${limit}).length) / values.length`,
    usual: 37,
  },
  {
    name: 'difference of means',
    pattern: /mean temperature of the (.+) above that of the (.+)\? It/,
    cell: (one, other) =>
      `${LOG}mean(celsius((row) => row.room === ${one})) - mean(celsius((row) => row.room === ${other}))`,
    usual: 1,
  },
];
