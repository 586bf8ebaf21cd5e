/** What a seat is asked, taken apart. */
export interface Asked {
  readonly question: string;
  readonly options: readonly Option[];
}

export interface Option {
  readonly label: string;
  readonly text: string;
}

export type Call = {
  readonly name: string;
  readonly args: { readonly [name: string]: string | number | readonly string[] };
};

/** Calls one after the other, each after the text that answered the one before; the last one ends the task. */
export type Plan = Generator<Call, Call, string>;

/** A plan that asks for what it needs on the way and gives something back. */
export type Look<T> = Generator<Call, T, string>;

export function call(name: string, args: Call['args']): Call {
  return { name, args };
}

/** The options are the lines that begin with a label; the question stands before them. */
export function askedIn(text: string): Asked {
  const lines = text.split('\n');
  const options = lines.flatMap((line) => {
    const found = /^([A-Z]|\d+)\) (.*)$/.exec(line);
    return found === null ? [] : [{ label: found[1] as string, text: found[2] as string }];
  });
  return { question: lines[0] ?? '', options };
}

/** The groups of a pattern in the question. @throws Error where it is not of the kind meant */
export function groups(text: string, pattern: RegExp): string[] {
  const found = pattern.exec(text);
  if (found === null) throw new Error(`${pattern} is not in "${text.slice(0, 200)}"`);
  return found.slice(1).map((group) => group ?? '');
}

/** Something of the store, as a tool tells of it. */
export interface Item {
  readonly key: string;
  readonly length: number;
  readonly circular: boolean;
  readonly features: readonly {
    readonly name: string;
    readonly start: number;
    readonly end: number;
    readonly bottom: boolean;
  }[];
}

/** Everything that an answer says was stored, in its order. */
export function itemsIn(text: string): Item[] {
  return text.split('\n').flatMap((line) => {
    const found = /^([a-z]+-[0-9a-f]+): .*?(\d+) (?:bp|nt|aa) (circular|linear)/.exec(line);
    if (found === null) return [];
    const [, key = '', length, shape] = found;
    return [{ key, length: Number(length), circular: shape === 'circular', features: featuresIn(line) }];
  });
}

function featuresIn(line: string): Item['features'] {
  const told = line.split('; features: ')[1] ?? '';
  return Array.from(told.matchAll(/(?:^|; )([^;()]+) \(\S+ (\d+)-(\d+)(, bottom strand)?/g), (found) => ({
    name: found[1] as string,
    start: Number(found[2]),
    end: Number(found[3]),
    bottom: found[4] !== undefined,
  }));
}

export function isError(text: string): boolean {
  return text.startsWith('Error');
}

export function answer(choice: Option | string | undefined): Call {
  return call('submit_answer', {
    answer: choice === undefined ? 'none' : typeof choice === 'string' ? choice : choice.label,
  });
}

/** All letters of a molecule. */
export function* lettersOf(key: string): Look<string> {
  return yield call('view_sequence', { seq: key });
}

/** The keys an option names. */
export function keysOf({ text }: Option): string[] {
  return text.match(/seq-[0-9a-f]{4}/g) ?? [];
}
