import type { Rng } from '../../../src/core/rng.js';
import { between, clear, csvOf, type Drawn, type Kind, normal, printed, rarely, some, uniform } from './draw.js';
import { atShare, average, slopeOf, spread } from './reckon.js';

type Sensor = { readonly sensor: string; readonly room: string; readonly offset: number };
type Reading = {
  readonly minute: number;
  readonly sensor: string;
  readonly temperature: number | null;
  readonly unit: string;
};
/** A reading that was taken, in degrees Celsius with the sensor's offset added. */
type True = { readonly minute: number; readonly sensor: string; readonly room: string; readonly celsius: number };

interface Log {
  readonly sensors: readonly Sensor[];
  /** By sensor and time. */
  readonly taken: readonly True[];
  readonly files: { readonly [name: string]: string };
}

const ROOMS = ['cold room', 'greenhouse', 'server room', 'workshop', 'archive'];
/** What a sensor sends when it fails. */
const FAILED = -999;
const EVERY = 10;

function log(rng: Rng): Log {
  const rooms = some(rng, ROOMS, 3);
  const sensors = rooms.map((room, at) => ({
    sensor: `T${at + 1}`,
    room,
    offset: printed(uniform(rng, -1.5, 1.5), 2),
  }));
  const count = between(rng, 55, 75);
  const readings = sensors.flatMap(({ sensor }) => {
    const [base, drift] = [uniform(rng, 8, 26), uniform(rng, -0.6, 0.6)];
    return Array.from({ length: count }, (_, at) =>
      readingOf(rng, sensor, at * EVERY, base + (drift * at * EVERY) / 60),
    );
  });
  const files = { 'readings.csv': csvOf(rng, rng.shuffled(readings)), 'sensors.csv': csvOf(rng, sensors) };
  return { sensors, taken: readings.flatMap((reading) => trueOf(reading, sensors)), files };
}

function readingOf(rng: Rng, sensor: string, minute: number, celsius: number): Reading {
  const inFahrenheit = rarely(rng, 6);
  const outlier = rarely(rng, 25) ? rng.pick([-8, 8, 11]) : 0;
  const exact = celsius + outlier + normal(rng, 0, 0.8);
  const temperature = printed(inFahrenheit ? exact * 1.8 + 32 : exact, 2);
  const shown = rarely(rng, 20) ? null : rarely(rng, 20) ? FAILED : temperature;
  return { minute, sensor, temperature: shown, unit: inFahrenheit ? 'F' : 'C' };
}

function trueOf({ minute, sensor, temperature, unit }: Reading, sensors: readonly Sensor[]): True[] {
  if (temperature === null || temperature === FAILED) return [];
  const { room, offset } = sensors.find((one) => one.sensor === sensor) as Sensor;
  return [{ minute, sensor, room, celsius: (unit === 'F' ? (temperature - 32) / 1.8 : temperature) + offset }];
}

const RULES =
  'Temperatures in readings.csv are in C or in F, as unit says; those that are missing or -999 are left out. After turning them into degrees Celsius, add the offset of the sensor from sensors.csv.';

function rollingMaximum(rng: Rng): Drawn {
  const found = log(rng);
  const [{ sensor }, size] = [rng.pick(found.sensors), between(rng, 4, 9)];
  const values = found.taken.filter((row) => row.sensor === sensor).map(({ celsius }) => celsius);
  const means = values.slice(size - 1).map((_, at) => average(values.slice(at, at + size)));
  return {
    question: `What is the largest mean of ${size} readings in a row of the sensor ${sensor}, in degrees Celsius, ordered by minute, counting only readings that are not left out? ${RULES}`,
    files: found.files,
    answer: Math.max(...means),
  };
}

function drift(rng: Rng): Drawn {
  const found = log(rng);
  const { sensor } = rng.pick(found.sensors);
  const rows = found.taken.filter((row) => row.sensor === sensor);
  return {
    question: `By how many degrees Celsius an hour does the temperature of the sensor ${sensor} change, as the slope of the least squares line of temperature against time says? ${RULES}`,
    files: found.files,
    answer: slopeOf(
      rows.map(({ minute }) => minute / 60),
      rows.map(({ celsius }) => celsius),
    ),
  };
}

/** SEE: J. Tukey, "Exploratory Data Analysis", 1977, for the fences. */
function trimmed(rng: Rng): Drawn {
  const found = log(rng);
  const { room } = rng.pick(found.sensors);
  const values = found.taken.filter((row) => row.room === room).map(({ celsius }) => celsius);
  const [low, high] = [atShare(values, 0.25), atShare(values, 0.75)];
  const fence = 1.5 * (high - low);
  const kept = values.filter((value) => value >= low - fence && value <= high + fence);
  return {
    question: `What is the sample standard deviation of the temperatures of the ${room} without outliers, in degrees Celsius? Outliers are more than 1.5 times the interquartile range below the first or above the third quartile (quartiles with linear interpolation, place (n - 1) p from the smallest). ${RULES}`,
    files: found.files,
    answer: Math.sqrt(spread(kept)),
  };
}

function warmShare(rng: Rng): Drawn {
  const found = log(rng);
  const { room } = rng.pick(found.sensors);
  const values = found.taken.filter((row) => row.room === room).map(({ celsius }) => celsius);
  // NOTE: readings in C have two digits after the point, so that none is at a limit with three.
  const limit = printed(printed(atShare(values, uniform(rng, 0.35, 0.9)), 1) + 0.037, 3);
  return {
    question: `What percentage of the readings of the ${room} is above ${limit} degrees Celsius? ${RULES}`,
    files: found.files,
    answer: (100 * values.filter((value) => value > limit).length) / values.length,
  };
}

function roomGap(rng: Rng): Drawn {
  const found = log(rng);
  const [one, other] = some(rng, found.sensors, 2) as [Sensor, Sensor];
  const mean = (room: string) => average(found.taken.filter((row) => row.room === room).map(({ celsius }) => celsius));
  return {
    question: `By how many degrees Celsius is the mean temperature of the ${one.room} above that of the ${other.room}? It is negative where it is below. ${RULES}`,
    files: found.files,
    answer: mean(one.room) - mean(other.room),
  };
}

export const sensorLog: readonly Kind[] = [
  { name: 'rolling maximum', draw: rollingMaximum },
  { name: 'slope', draw: (rng) => clear(rng, drift) },
  { name: 'spread without outliers', draw: trimmed },
  { name: 'percentage above a limit', draw: (rng) => clear(rng, warmShare) },
  { name: 'difference of means', draw: (rng) => clear(rng, roomGap) },
];
