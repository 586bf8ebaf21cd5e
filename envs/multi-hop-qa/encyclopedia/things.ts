/** Things that the encyclopedia has articles on. `name` is how they are called, `title` how their article is. */
interface Thing {
  readonly name: string;
  readonly title: string;
}

export interface Region extends Thing {
  readonly type: 'region';
  capital?: City;
}

export interface River extends Thing {
  readonly type: 'river';
  readonly km: number;
  readonly sea: string;
}

export interface City extends Thing {
  readonly type: 'city';
  readonly region: Region;
  readonly river: River;
}

export interface Person extends Thing {
  readonly type: 'person';
  readonly trade: string;
  readonly isWoman: boolean;
  readonly born: number;
  readonly birthplace: City;
  /** Where it is known. */
  university?: University;
  teacher?: Person;
}

export interface University extends Thing {
  readonly type: 'university';
  readonly city: City;
  readonly founder: Person;
  readonly founded: number;
}

export interface Company extends Thing {
  readonly type: 'company';
  readonly seat: City;
  readonly founder: Person;
  readonly founded: number;
}

export interface Novel extends Thing {
  readonly type: 'novel';
  readonly author: Person;
  readonly out: number;
}

export interface Film extends Thing {
  readonly type: 'film';
  readonly director: Person;
  readonly novel: Novel;
  readonly out: number;
}

export type AnyThing = Region | River | City | Person | University | Company | Novel | Film;

/** Everything there is in one encyclopedia. */
export interface World {
  readonly regions: readonly Region[];
  readonly rivers: readonly River[];
  readonly cities: readonly City[];
  readonly people: readonly Person[];
  readonly universities: readonly University[];
  readonly companies: readonly Company[];
  readonly novels: readonly Novel[];
  readonly films: readonly Film[];
}
