/**
 * Reads the embedded questions and articles by their words alone. It shares nothing with what makes them, so that each
 * checks the other.
 */

/** Something to open: its name, and its title where several have the name. */
export interface Place {
  readonly name: string;
  readonly title: string;
}

/** What is wanted of an open article: words to look up, and how to read what was found. */
interface Want {
  readonly keywords: readonly string[];
  read(text: string): Place | null;
}

/** A beginning and what is wanted of one article after the other. */
export interface Chain {
  readonly from: Place;
  readonly wants: readonly Want[];
}

/** A question read: one or two chains, and how what they lead to makes the answer. */
export interface Plan {
  readonly chains: readonly Chain[];
  answer(ends: readonly Place[], before: readonly Place[]): string;
}

function want(keywords: string, pattern: RegExp, place: (groups: readonly string[]) => Place = plain): Want {
  return {
    keywords: keywords.split('|'),
    read(text) {
      const found = pattern.exec(text);
      return found === null ? null : place(found.slice(1).filter((group) => group !== undefined));
    },
  };
}

function plain([name = '']: readonly string[]): Place {
  return { name, title: name };
}

/** `the chemist Ilda Varn` */
function someone([trade = '', name = '']: readonly string[]): Place {
  return { name, title: `${name} (${trade})` };
}

/** `Lombach in Ostland`, where another Lombach is elsewhere. */
function somewhere([text = '']: readonly string[]): Place {
  const [name = '', region] = text.split(' in ');
  return { name, title: region === undefined ? name : `${name} (${region})` };
}

function novel([name = '']: readonly string[]): Place {
  return { name, title: `${name} (novel)` };
}

const AUTHOR = want('written by|author was', /(?:written by|author was) the (\S+) (.+?)\./, someone);
const DIRECTOR = want('directed by|director was', /(?:directed by|director was) the (\S+) (.+?)\./, someone);
const NOVEL = want('the novel', /the novel "(.+?)"/, novel);
const FOUNDER = want('founded in|founder, in', /(?:founded in \d+ by|founder, in \d+, was) the (\S+) (.+?)\./, someone);
const SEAT = want('seat in|seat is in', /seat (?:is )?in (.+?)\./, somewhere);
const HALLS = want('stands in|halls are', /(?:It stands in|halls are in) (.+?)\./, somewhere);
const BIRTHPLACE = want('born', /(?:born in (.+?) in \d{4}|came from (.+?))\./, somewhere);
const STUDIED = want('studied|studies', /(?:studied at|studies took place at) (.+?)\./);
const TEACHER = want('taught by|teacher was', /(?:taught by|teacher was) the (\S+) (.+?)\./, someone);
const REGION = want('It is in|belongs to', /It (?:is in|belongs to) (.+?)\./);
const RIVER = want('lies on|flows through', /(?:lies on the (.+?)|The (\S+) flows through it)\./);
const CAPITAL = want('capital', /(?:capital is (.+?)|governed from (.+?), its capital)\./, somewhere);
const BORN = want('born', /[Bb]orn in (?:.+? in )?(\d{4})/);
const FOUNDED = want('founded in|founder, in', /found(?:ed|er,) in (\d{4})/);
const OUT = want('came out', /came out in (\d{4})/);
const SEA = want('flows into|mouth is', /(?:flows into|mouth is on) the (.+?)\./);
const LENGTH = want('km long', /(\d+) km/);

/** A thing described by another: the words around it, and what leads from the one to the other. */
const PHRASES: readonly (readonly [RegExp, Want])[] = [
  [/^the author of (.+)$/, AUTHOR],
  [/^the director of (.+)$/, DIRECTOR],
  [/^the novel on which (.+) is based$/, NOVEL],
  [/^the founder of (.+)$/, FOUNDER],
  [/^the city where (.+) has its seat$/, SEAT],
  [/^the city of (.+)$/, HALLS],
  [/^the birthplace of (.+)$/, BIRTHPLACE],
  [/^the university where (.+) studied$/, STUDIED],
  [/^the teacher of (.+)$/, TEACHER],
  [/^the region of (.+)$/, REGION],
  [/^the river on which (.+) lies$/, RIVER],
  [/^the capital of (.+)$/, CAPITAL],
];

const ONE: readonly (readonly [RegExp, Want])[] = [
  [/^Who is the author of (.+)\?$/, AUTHOR],
  [/^Who directed (.+)\?$/, DIRECTOR],
  [/^On which novel is (.+) based\?$/, NOVEL],
  [/^Who founded (.+)\?$/, FOUNDER],
  [/^In which city does (.+) have its seat\?$/, SEAT],
  [/^In which city was (.+) born\?$/, BIRTHPLACE],
  [/^In which city is (.+)\?$/, HALLS],
  [/^At which university did (.+) study\?$/, STUDIED],
  [/^Who taught (.+)\?$/, TEACHER],
  [/^In which region is (.+)\?$/, REGION],
  [/^On which river does (.+) lie\?$/, RIVER],
  [/^What is the capital of (.+)\?$/, CAPITAL],
  [/^In which year was (.+) born\?$/, BORN],
  [/^In which year was (.+) founded\?$/, FOUNDED],
  [/^In which year did (.+) come out\?$/, OUT],
  [/^Into which sea does (.+) flow\?$/, SEA],
];

/** The one with the smaller number, or the larger. */
const FIRST: readonly (readonly [RegExp, Want, 1 | -1])[] = [
  [/^Who was born first, (.+) or (.+)\?$/, BORN, 1],
  [/^Which was founded first, (.+) or (.+)\?$/, FOUNDED, 1],
  [/^Which is longer, (.+) or (.+)\?$/, LENGTH, -1],
];

const SAME: readonly (readonly [RegExp, Want])[] = [
  [/^Were (.+) and (.+) born in the same city\?$/, BIRTHPLACE],
  [/^Did (.+) and (.+) study at the same university\?$/, STUDIED],
  [/^Are (.+) and (.+) in the same region\?$/, REGION],
  [/^Do (.+) and (.+) lie on the same river\?$/, RIVER],
];

/** Null where the question is none of the embedded ones. */
export function planFor(question: string): Plan | null {
  for (const [pattern, last] of ONE) {
    const words = pattern.exec(question)?.[1];
    if (words !== undefined) return { chains: [chainOf(words, [last])], answer: ([end]) => end?.name ?? '' };
  }
  for (const [pattern, last, sign] of FIRST) {
    const chains = pairOf(pattern, question, last);
    if (chains !== null)
      return { chains, answer: ([a, b], before) => nameOf(before, sign * (numberOf(a) - numberOf(b))) };
  }
  for (const [pattern, last] of SAME) {
    const chains = pairOf(pattern, question, last);
    if (chains !== null) return { chains, answer: ([a, b]) => (a?.title === b?.title ? 'yes' : 'no') };
  }
  return null;
}

function numberOf(place: Place | undefined): number {
  return Number(place?.name);
}

function nameOf([a, b]: readonly Place[], difference: number): string {
  return (difference < 0 ? a : b)?.name ?? '';
}

function pairOf(pattern: RegExp, question: string, last: Want): Chain[] | null {
  const found = pattern.exec(question);
  return found === null ? null : found.slice(1).map((words) => chainOf(words, [last]));
}

/** Unwraps a description from the outside: what is named innermost is where the chain begins. */
function chainOf(words: string, wants: readonly Want[]): Chain {
  for (const [pattern, step] of PHRASES) {
    const inner = pattern.exec(words)?.[1];
    if (inner !== undefined) return chainOf(inner, [step, ...wants]);
  }
  const [, type, title] = /^the (novel|film) "(.+)"$/.exec(words) ?? [];
  const from = title === undefined ? plain([words]) : { name: title, title: `${title} (${type})` };
  return { from, wants };
}
