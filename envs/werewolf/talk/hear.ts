import { ROLES } from '../config.js';
import { type Act, type ActKind, act, type Why } from './acts.js';
import {
  CLAIM_CLOSERS,
  CLAIMS,
  COUNTERS,
  FINDINGS,
  FOLLOWERS,
  FRESH_CHECKS,
  linked,
  OLD_CHECKS,
  OPENERS,
  SAYINGS,
  VIEW_CLOSERS,
  WHYS,
} from './phrases.js';
import { MASK, skeleton, type Template, templates } from './template.js';

/** What a clause means: an act, or the reason of the act before it; and which of its names is which player. */
type Meaning = { readonly act: Act } | { readonly why: Why } | 'flourish';
type Entry = { readonly meaning: Meaning; readonly gaps: Template['gaps'] };

const CLAUSES = clauses();
/** NOTE: all listeners at a table hear the same text, so it is read once. A pure function of the text, hence no channel. */
const heard = new Map<string, readonly Act[]>();
const HEARD_MOST = 2048;
const NONE: readonly Act[] = [];

/**
 * The acts in a speech, in order. Inverse of `write`: what our own grammar wrote is understood whole. In any other text
 * only clauses that happen to be in the table count. Never throws.
 */
export function hear(text: string): readonly Act[] {
  const known = heard.get(text);
  if (known !== undefined) return known;
  const acts = text === '' ? NONE : new Reader(text).read();
  if (heard.size >= HEARD_MOST) heard.clear();
  heard.set(text, acts);
  return acts;
}

class Reader {
  readonly #text: string;
  readonly #acts: Act[] = [];
  /** Names in the clause being read. */
  #names: number[] = [];
  /** The clause so far, with names masked. */
  #key = '';
  #from = 0;
  /** Whether the last act was made in this sentence, so that a reason may follow it. */
  #open = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Act[] {
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (isStop(code)) {
        this.#clause(at);
        at += text.charCodeAt(at + 1) === SPACE ? 2 : 1;
        this.#from = at;
        if (endsSentence(code)) this.#open = false;
      } else if (code === 112 && text.startsWith('player_', at)) at = this.#name(at);
      else at++;
    }
    this.#clause(text.length);
    return this.#acts;
  }

  /** A name of one or two digits; gives where reading goes on. */
  #name(at: number): number {
    const text = this.#text;
    let end = at + 7;
    let seat = 0;
    while (end < at + 9 && isDigit(text.charCodeAt(end))) seat = seat * 10 + text.charCodeAt(end++) - 48;
    if (end === at + 7) return end;
    this.#key += text.slice(this.#from, at) + MASK;
    this.#names.push(seat);
    this.#from = end;
    return end;
  }

  #clause(end: number): void {
    const key = this.#key + this.#text.slice(this.#from, end);
    if (key !== '') {
      const entry = CLAUSES.get(key) ?? CLAUSES.get(key.trim().toLowerCase());
      if (entry !== undefined && entry.gaps.length === this.#names.length) this.#understand(entry);
    }
    this.#key = '';
    if (this.#names.length > 0) this.#names = [];
  }

  #understand({ meaning, gaps }: Entry): void {
    if (meaning === 'flourish') return;
    const names = this.#names;
    const who = gaps[0] === 'who' ? names[0] : gaps[1] === 'who' ? names[1] : undefined;
    if ('act' in meaning) {
      this.#acts.push(who === undefined ? meaning.act : { ...meaning.act, who });
      this.#open = true;
      return;
    }
    const last = this.#acts[this.#acts.length - 1];
    if (!this.#open || last === undefined || last.who === null || last.why !== null) return;
    this.#acts[this.#acts.length - 1] = { ...last, why: meaning.why, whom: names[0] ?? null };
  }
}

const SPACE = 32;

/** `, . : ; ! ?` and line ends part clauses. */
function isStop(code: number): boolean {
  return code === 44 || code === 46 || code === 58 || code === 59 || code === 33 || code === 63 || code === 10;
}

function endsSentence(code: number): boolean {
  return code === 46 || code === 33 || code === 63 || code === 10;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Every clause of the table by its skeleton, both as it starts a sentence and inside one. */
function clauses(): ReadonlyMap<string, Entry> {
  const table = new Map<string, Entry>();
  const add = (list: readonly Template[], meaning: Meaning): void => {
    for (const clause of list) {
      const key = skeleton(clause).replace('?', '');
      const twin = table.get(key);
      if (twin !== undefined && twin.meaning !== meaning) throw new Error(`two meanings of "${key}"`);
      const entry = { meaning, gaps: clause.gaps };
      for (const form of spellings(clause)) table.set(form, entry);
      table.set(key, entry);
    }
  };
  // NOTE: words that do nothing stand in the table too, so that our own sentences are looked up but once a clause.
  add(templates([...OPENERS, ...FOLLOWERS]), 'flourish');
  add(templates([...VIEW_CLOSERS, ...CLAIM_CLOSERS].map((closer) => closer.slice(2))), 'flourish');
  for (const role of ROLES) {
    add(CLAIMS[role], { act: act('claim', null, { role }) });
    add(COUNTERS[role], { act: act('counter', null, { role }) });
  }
  for (const finding of FINDINGS) {
    add(FRESH_CHECKS[finding], { act: act('check', null, { finding, fresh: true }) });
    add(OLD_CHECKS[finding], { act: act('check', null, { finding }) });
  }
  for (const kind of Object.keys(SAYINGS) as (keyof typeof SAYINGS & ActKind)[]) add(SAYINGS[kind], { act: act(kind) });
  for (const why of Object.keys(WHYS) as Why[]) add(linked(why), { why });
  return table;
}

/** A clause as the writer spells it: within a sentence, and at its start. */
function spellings({ texts }: Template): string[] {
  const inside = texts.join(MASK).replace('?', '');
  return [inside, inside.charAt(0).toUpperCase() + inside.slice(1)];
}
