/** What a text may be: a fixed text, one character of a kind, parts in a row, one of several, or what a call gives. */
export type Rule =
  | string
  | OneOf
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  /** NOTE: made when it is reached, so that a rule can hold itself. */
  | { readonly later: () => Rule };

/** One character of a kind, a UTF-16 unit; beyond ASCII all or none fit. */
export interface OneOf {
  readonly fits: (char: string) => boolean;
}

/** Rules still to come, the next first. */
type Ahead = { readonly rule: Rule; readonly rest: Ahead } | null;
/** A place where a character is due, and what comes after it. */
interface Due {
  readonly fits: (char: string) => boolean;
  /** Whether it may be any beyond ASCII. */
  readonly free: boolean;
  /** The one character beyond ASCII that it must be, both units of it; null where it need not. */
  readonly only: string | null;
  readonly rest: Ahead;
}

/** How far a text has come in a rule. Never changes: a longer text is at a place of its own. */
export class Place {
  /** Whether the text may end here. */
  readonly done: boolean;
  readonly #due: readonly Due[];

  private constructor(ahead: readonly Ahead[]) {
    const due: Due[] = [];
    let done = false;
    for (const one of ahead) done = reach(one, due) || done;
    this.#due = due;
    this.done = done;
  }

  /** Where every text of a rule begins. */
  static before(rule: Rule): Place {
    return new Place([{ rule, rest: null }]);
  }

  /** Whether a text may go on with a character. */
  takes(char: string): boolean {
    return this.#due.some(({ fits }) => fits(char));
  }

  /** Whether the next two units may be any beyond ASCII: room for each character there is. */
  get free(): boolean {
    return this.#due.some(({ free, rest }) => free && new Place([rest]).#due.some((next) => next.free));
  }

  /** Characters beyond ASCII of which the next must be one, unless it is another that the place takes. */
  get certain(): readonly string[] {
    return this.#due.flatMap(({ only }) => only ?? []);
  }

  /** Where the text is with more behind it; null where no text of the rule goes on so. */
  after(more: string): Place | null {
    let place: Place = this;
    for (const char of more.split('')) {
      const passed = place.#due.filter(({ fits }) => fits(char));
      if (passed.length === 0) return null;
      place = new Place(passed.map(({ rest }) => rest));
    }
    return place;
  }
}

/** Adds every character that is due at a place. Whether the text may end there. */
function reach(ahead: Ahead, due: Due[]): boolean {
  if (ahead === null) return true;
  const { rule, rest } = ahead;
  if (typeof rule === 'string') {
    const first = rule[0];
    if (first === undefined) return reach(rest, due);
    const only = first > '\u007f' ? String.fromCodePoint(rule.codePointAt(0) as number) : null;
    due.push({ fits: (char) => char === first, free: false, only, rest: { rule: rule.slice(1), rest } });
    return false;
  }
  if ('fits' in rule) {
    due.push({ fits: rule.fits, free: rule.fits('\u00e9'), only: null, rest });
    return false;
  }
  if ('later' in rule) return reach({ rule: rule.later(), rest }, due);
  if ('all' in rule)
    return reach(
      rule.all.reduceRight<Ahead>((after, part) => ({ rule: part, rest: after }), rest),
      due,
    );
  return rule.any.map((one) => reach({ rule: one, rest }, due)).includes(true);
}

/** A rule so many times in a row, with a text between. */
export function repeated(rule: Rule, least: number, most = Number.POSITIVE_INFINITY, between: Rule = ''): Rule {
  const from = (count: number): Rule => {
    if (count >= most) return '';
    const more: Rule = { all: [count === 0 ? '' : between, rule, { later: () => from(count + 1) }] };
    return count < least ? more : { any: [more, ''] };
  };
  return { later: () => from(0) };
}
