import type { Rng } from '../../../src/core/rng.js';
import type { Article } from '../task.js';
import type { AnyThing, City, Company, Film, Novel, Person, Region, River, University, World } from './things.js';

/** All articles of a world, by title. */
export function articlesOf(world: World, rng: Rng): Article[] {
  const writer = new Writer(world, rng);
  const things: AnyThing[] = Object.values(world).flat();
  return things.map((thing) => writer.article(thing)).sort((a, b) => (a.title < b.title ? -1 : 1));
}

/** A city as texts name it: with its region where another is called the same. */
function cityIn({ name, title, region }: City): string {
  return title === name ? name : `${name} in ${region.name}`;
}

function personIn({ name, trade }: Person): string {
  return `the ${trade} ${name}`;
}

/** Writes articles: the facts of a thing among sentences that name other things to no purpose. */
class Writer {
  readonly #world: World;
  readonly #rng: Rng;

  constructor(world: World, rng: Rng) {
    this.#world = world;
    this.#rng = rng;
  }

  article(thing: AnyThing): Article {
    const [first, facts] = this.#facts(thing);
    const asides = this.#rng.shuffled(this.#asides(thing)).slice(0, 2 + this.#rng.below(2));
    return { title: thing.title, sentences: [first, ...this.#rng.shuffled([...facts, ...asides])] };
  }

  /** The sentence that says what a thing is, and those that lead on from it. */
  #facts(thing: AnyThing): [first: string, facts: string[]] {
    switch (thing.type) {
      case 'region':
        return this.#region(thing);
      case 'river':
        return this.#river(thing);
      case 'city':
        return this.#city(thing);
      case 'person':
        return this.#person(thing);
      case 'university':
        return this.#university(thing);
      case 'company':
        return this.#company(thing);
      case 'novel':
        return this.#novel(thing);
      case 'film':
        return this.#film(thing);
    }
  }

  #region({ name, capital }: Region): [string, string[]] {
    const seat = cityIn(capital as City);
    return [
      `${name} is a region.`,
      [this.#either(`Its capital is ${seat}.`, `It is governed from ${seat}, its capital.`)],
    ];
  }

  #river({ name, km, sea }: River): [string, string[]] {
    const mouth = this.#either(`It flows into the ${sea}.`, `Its mouth is on the ${sea}.`);
    return [`The ${name} is a river.`, [`It is ${km} km long.`, mouth]];
  }

  #city({ name, region, river }: City): [string, string[]] {
    const water = this.#either(`It lies on the ${river.name}.`, `The ${river.name} flows through it.`);
    return [`${name} is a city.`, [this.#either(`It is in ${region.name}.`, `It belongs to ${region.name}.`), water]];
  }

  #person(person: Person): [string, string[]] {
    const { name, trade, born, birthplace } = person;
    const [she, her] = person.isWoman ? ['She', 'Her'] : ['He', 'His'];
    const facts = [
      this.#either(
        `${she} was born in ${cityIn(birthplace)} in ${born}.`,
        `Born in ${born}, ${she.toLowerCase()} came from ${cityIn(birthplace)}.`,
      ),
    ];
    const { university, teacher } = person;
    if (university !== undefined)
      facts.push(
        this.#either(`${she} studied at ${university.name}.`, `${her} studies took place at ${university.name}.`),
      );
    if (teacher !== undefined)
      facts.push(
        this.#either(`${her} teacher was ${personIn(teacher)}.`, `${she} was taught by ${personIn(teacher)}.`),
      );
    return [`${name} was ${/^[aeiou]/.test(trade) ? 'an' : 'a'} ${trade}.`, facts];
  }

  #university({ name, city, founder, founded }: University): [string, string[]] {
    const start = this.#either(
      `It was founded in ${founded} by ${personIn(founder)}.`,
      `Its founder, in ${founded}, was ${personIn(founder)}.`,
    );
    return [
      `${name} is a university.`,
      [this.#either(`It stands in ${cityIn(city)}.`, `Its halls are in ${cityIn(city)}.`), start],
    ];
  }

  #company({ name, seat, founder, founded }: Company): [string, string[]] {
    const start = this.#either(
      `It was founded in ${founded} by ${personIn(founder)}.`,
      `Its founder, in ${founded}, was ${personIn(founder)}.`,
    );
    const place = this.#either(`Its seat is in ${cityIn(seat)}.`, `It has its seat in ${cityIn(seat)}.`);
    return [
      `${name} is a company that makes ${this.#rng.pick(['pumps', 'pianos', 'paper', 'cables'])}.`,
      [place, start],
    ];
  }

  #novel({ name, author, out }: Novel): [string, string[]] {
    const by = this.#either(`It was written by ${personIn(author)}.`, `Its author was ${personIn(author)}.`);
    return [`"${name}" is a novel.`, [by, `It came out in ${out}.`]];
  }

  #film({ name, director, novel, out }: Film): [string, string[]] {
    const by = this.#either(`It was directed by ${personIn(director)}.`, `Its director was ${personIn(director)}.`);
    const base = this.#either(`It is based on the novel "${novel.name}".`, `It follows the novel "${novel.name}".`);
    return [`"${name}" is a film.`, [by, base, `It came out in ${out}.`]];
  }

  /** True to nothing that questions ask about. */
  #asides(thing: AnyThing): string[] {
    const { cities, people } = this.#world;
    const city = () => cityIn(this.#rng.pick(cities));
    const person = () => personIn(this.#rng.pick(people));
    if (thing.type === 'person') return this.#asidesOn(thing, city());
    if (thing.type === 'novel' || thing.type === 'film')
      return [
        `A part of it is set in ${city()}.`,
        `It was praised by ${person()}.`,
        `${this.#either('A song', 'A play')} of the same name is by ${person()}.`,
        'It was little noticed at first.',
      ];
    return [
      `A road to ${city()} was opened in ${1800 + this.#rng.below(120)}.`,
      `It is mentioned in a letter of ${person()}.`,
      `A fire in ${1700 + this.#rng.below(200)} did much harm.`,
      `A history of it was printed in ${city()}.`,
    ];
  }

  #asidesOn({ isWoman, born }: Person, city: string): string[] {
    const she = isWoman ? 'She' : 'He';
    const { people, companies } = this.#world;
    const friends = people.filter((other) => Math.abs(other.born - born) < 50);
    const shares = companies.filter(({ founded }) => founded > born + 15 && founded < born + 70);
    return [
      `A street in ${city} bears the name.`,
      `${she} spent some years in ${cityIn(this.#rng.pick(this.#world.cities))}.`,
      `Letters to ${personIn(this.#rng.pick(friends))} are kept in an archive.`,
      ...(shares.length === 0 ? [] : [`${she} held shares in ${this.#rng.pick(shares).name}.`]),
      `${she} was fond of long walks.`,
    ];
  }

  #either(a: string, b: string): string {
    return this.#rng.below(2) === 0 ? a : b;
  }
}
