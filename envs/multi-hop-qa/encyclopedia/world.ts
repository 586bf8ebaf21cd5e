import type { Rng } from '../../../src/core/rng.js';
import { Names } from './names.js';
import type { City, Company, Film, Novel, Person, Region, River, University, World } from './things.js';

const SEAS = ['Northern Sea', 'Amber Sea', 'Gulf of Reeds', 'Long Sound'];
const TRADES = ['chemist', 'composer', 'engineer', 'physician', 'geologist', 'merchant', 'architect', 'botanist'];
const ARTISTS = ['writer', 'director'];
/** Trades of those who founded universities, long before everybody else. */
const OLD_TRADES = ['bishop', 'margrave', 'astronomer'];

/** So many cities, and so many people, share their name with another. */
const TWIN_CITIES = 3;
const TWIN_PEOPLE = 4;

/** A world in which all things fit together: nobody is taught by somebody younger, no film is older than its novel. */
export function worldOf(rng: Rng): World {
  const names = new Names(rng);
  const regions = times(7, (): Region => named('region', names.region()));
  const rivers = times(
    7,
    (): River => ({ ...named('river', names.river()), km: 40 + rng.below(900), sea: rng.pick(SEAS) }),
  );
  const cities = citiesOf(rng, names, regions, rivers);
  for (const region of regions) region.capital = rng.pick(cities.filter((city) => city.region === region));
  const old = times(7, (): Person => person(names.person(), rng.pick(OLD_TRADES), 1600 + rng.below(90), rng, cities));
  const universities = old.map((founder): University => {
    const name = `${names.house()} University`;
    return {
      ...named('university', name),
      city: rng.pick(cities),
      founder,
      founded: founder.born + 30 + rng.below(30),
    };
  });
  const people = peopleOf(rng, names, cities);
  for (const pupil of people) educate(pupil, people, universities, rng);
  const companies = times(7, (): Company => {
    const founder = rng.pick(people.filter(({ trade }) => TRADES.includes(trade)));
    const name = `${names.house()} Works`;
    return { ...named('company', name), seat: rng.pick(cities), founder, founded: founder.born + 25 + rng.below(30) };
  });
  const novels = times(
    10,
    (): Novel => novelBy(rng.pick(people.filter(({ trade }) => trade === 'writer')), names, rng),
  );
  const directors = people.filter(({ trade }) => trade === 'director');
  const films = novels.slice(1).map((novel, at) => filmOf(novel, at % 2 === 0, rng.pick(directors), names, rng));
  return { regions, rivers, cities, people: [...old, ...people], universities, companies, novels, films };
}

function educate(pupil: Person, people: readonly Person[], universities: readonly University[], rng: Rng): void {
  pupil.university = rng.pick(universities);
  const older = people.filter(
    ({ born, name }) => born < pupil.born - 9 && born > pupil.born - 60 && name !== pupil.name,
  );
  if (older.length > 0) pupil.teacher = rng.pick(older);
}

function novelBy(author: Person, names: Names, rng: Rng): Novel {
  const name = names.work();
  return { type: 'novel', name, title: `${name} (novel)`, author, out: author.born + 25 + rng.below(40) };
}

/** @param isNamesake most films are called as their novel is, so that a bare title tells nothing */
function filmOf(novel: Novel, isNamesake: boolean, director: Person, names: Names, rng: Rng): Film {
  const name = isNamesake ? novel.name : names.work();
  const out = Math.max(director.born + 28, novel.out) + 1 + rng.below(20);
  return { type: 'film', name, title: `${name} (film)`, director, novel, out };
}

function citiesOf(rng: Rng, names: Names, regions: readonly Region[], rivers: readonly River[]): City[] {
  const own = times(12, names.city);
  const called = [...own, ...own.slice(0, TWIN_CITIES)];
  return called.map((name, at): City => {
    const region = regions[at % regions.length] as Region;
    const isTwin = at < TWIN_CITIES || at >= own.length;
    return { type: 'city', name, title: isTwin ? `${name} (${region.name})` : name, region, river: rng.pick(rivers) };
  });
}

function peopleOf(rng: Rng, names: Names, cities: readonly City[]): Person[] {
  const artists = times(4, () => ARTISTS).flat();
  const trades = [...TRADES, ...artists, ...TRADES];
  const called = trades.map(() => names.person());
  const namesakes = called.slice(0, TWIN_PEOPLE).map((name, at) => ({ name, trade: ARTISTS[at % 2] as string }));
  const all = [...called.map((name, at) => ({ name, trade: trades[at] as string })), ...namesakes];
  return all.map(({ name, trade }) => {
    const isTwin = namesakes.some((twin) => twin.name === name);
    // NOTE: there were no films to direct before 1895.
    const born = trade === 'director' ? 1868 + rng.below(32) : 1780 + rng.below(100);
    return { ...person(name, trade, born, rng, cities), title: isTwin ? `${name} (${trade})` : name };
  });
}

function person(name: string, trade: string, born: number, rng: Rng, cities: readonly City[]): Person {
  return { ...named('person', name), trade, born, isWoman: rng.below(2) === 0, birthplace: rng.pick(cities) };
}

function named<T extends string>(type: T, name: string): { type: T; name: string; title: string } {
  return { type, name, title: name };
}

function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}
