import type { AnyThing, City, Company, Film, Novel, Person, Region, River, University } from './things.js';

/** What a question asks for in the end: a thing by its name, or a number. */
export type Answer = string;

/** One step from a thing to another: in the middle of a question, and as what is asked in the end. */
export interface Relation {
  readonly from: AnyThing['type'];
  /** Undefined where the encyclopedia does not tell. */
  to(thing: AnyThing): AnyThing | undefined;
  /** `the author of {thing}` */
  phrase(of: string): string;
  /** `Who is the author of {thing}?` */
  question(of: string): string;
}

/** Ties a relation to the type of thing it starts from, and forgets it. */
function relation<T extends AnyThing>(
  from: T['type'],
  to: (thing: T) => AnyThing | undefined,
  phrase: (of: string) => string,
  question: (of: string) => string,
): Relation {
  return { from, to: to as Relation['to'], phrase, question };
}

const founder = (of: string) => `the founder of ${of}`;
const founded = (of: string) => `Who founded ${of}?`;

/** Every step that questions take. */
export const RELATIONS: readonly Relation[] = [
  relation<Novel>(
    'novel',
    ({ author }) => author,
    (of) => `the author of ${of}`,
    (of) => `Who is the author of ${of}?`,
  ),
  relation<Film>(
    'film',
    ({ director }) => director,
    (of) => `the director of ${of}`,
    (of) => `Who directed ${of}?`,
  ),
  relation<Film>(
    'film',
    ({ novel }) => novel,
    (of) => `the novel on which ${of} is based`,
    (of) => `On which novel is ${of} based?`,
  ),
  relation<Company>('company', (company) => company.founder, founder, founded),
  relation<Company>(
    'company',
    ({ seat }) => seat,
    (of) => `the city where ${of} has its seat`,
    (of) => `In which city does ${of} have its seat?`,
  ),
  relation<University>('university', (university) => university.founder, founder, founded),
  relation<University>(
    'university',
    ({ city }) => city,
    (of) => `the city of ${of}`,
    (of) => `In which city is ${of}?`,
  ),
  relation<Person>(
    'person',
    ({ birthplace }) => birthplace,
    (of) => `the birthplace of ${of}`,
    (of) => `In which city was ${of} born?`,
  ),
  relation<Person>(
    'person',
    ({ university }) => university,
    (of) => `the university where ${of} studied`,
    (of) => `At which university did ${of} study?`,
  ),
  relation<Person>(
    'person',
    ({ teacher }) => teacher,
    (of) => `the teacher of ${of}`,
    (of) => `Who taught ${of}?`,
  ),
  relation<City>(
    'city',
    ({ region }) => region,
    (of) => `the region of ${of}`,
    (of) => `In which region is ${of}?`,
  ),
  relation<City>(
    'city',
    ({ river }) => river,
    (of) => `the river on which ${of} lies`,
    (of) => `On which river does ${of} lie?`,
  ),
  relation<Region>(
    'region',
    ({ capital }) => capital as City,
    (of) => `the capital of ${of}`,
    (of) => `What is the capital of ${of}?`,
  ),
];

/** What is asked of a thing in the end that is no thing itself. */
export interface Property {
  readonly from: AnyThing['type'];
  value(thing: AnyThing): Answer;
  question(of: string): string;
}

function property<T extends AnyThing>(
  from: T['type'],
  value: (thing: T) => Answer,
  question: Property['question'],
): Property {
  return { from, value: value as Property['value'], question };
}

export const PROPERTIES: readonly Property[] = [
  property<Person>(
    'person',
    ({ born }) => String(born),
    (of) => `In which year was ${of} born?`,
  ),
  property<University>(
    'university',
    (thing) => String(thing.founded),
    (of) => `In which year was ${of} founded?`,
  ),
  property<Company>(
    'company',
    (thing) => String(thing.founded),
    (of) => `In which year was ${of} founded?`,
  ),
  property<Novel>(
    'novel',
    ({ out }) => String(out),
    (of) => `In which year did ${of} come out?`,
  ),
  property<River>(
    'river',
    ({ sea }) => sea,
    (of) => `Into which sea does ${of} flow?`,
  ),
];

/** How a question names the thing it starts from. */
export function opening({ type, name }: Novel | Film | Company | University): string {
  return type === 'novel' || type === 'film' ? `the ${type} "${name}"` : name;
}
