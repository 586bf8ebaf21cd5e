/**
 * Reads the embedded problems back from their words alone. It shares nothing with what makes them, so that each checks
 * the other.
 */

/** Expressions to work out one after the other; `#1` stands for the result of the first. The last gives the answer. */
export type Plan = readonly string[];

/** A question's words, and the plan for its numbers in the order in which they stand. */
interface Kind {
  readonly words: RegExp;
  readonly plan: (n: readonly string[], words: readonly string[]) => Plan;
}

const PARTS: { readonly [words: string]: string } = { half: '2', 'a third': '3', 'a quarter': '4', 'a fifth': '5' };

const KINDS: readonly Kind[] = [
  {
    words: /How many bags does/,
    plan: ([baskets, each, given, size]) => [`${baskets} * ${each}`, `#1 - ${given}`, `#2 / ${size}`],
  },
  {
    words: /How many dollars are left\?/,
    plan: ([rate, hours, days, spent]) => [`${rate} * ${hours} * ${days}`, `#1 - ${spent}`],
  },
  {
    words: /hands in a coupon/,
    plan: ([price, percent, count, coupon]) => [
      `${price} * (100 - ${percent}) / 100`,
      `#1 * ${count}`,
      `#2 - ${coupon}`,
    ],
  },
  {
    words: /times as old as/,
    plan: ([times, years, sum, older]) => [
      `(${sum} - 2 * ${years}) / (${times} + 1)`,
      `#1 * ${times}`,
      `#2 + ${older}`,
    ],
  },
  {
    words: /km are still ahead/,
    plan: ([first, fast, second, slow, whole]) => [`${first} * ${fast}`, `${second} * ${slow}`, `${whole} - (#1 + #2)`],
  },
  {
    words: /a leak loses/,
    plan: ([holds, fills, leaks, minutes]) => [`(${fills} - ${leaks}) * ${minutes}`, `${holds} - #1`],
  },
  {
    words: /twice as many pages/,
    plan: ([pages, first, second, left]) => [`${pages} * ${first}`, `2 * ${pages} * ${second}`, `#1 + #2 + ${left}`],
  },
  {
    words: /How many does \w+ get\?/,
    plan: ([all, times, more]) => [`(${all} - ${more}) / (${times} + 2)`, `#1 * ${times}`],
  },
  {
    words: /in the afternoon (half|a third|a quarter|a fifth) of/,
    plan: ([trays, each, sold], [, part]) => [`${trays} * ${each}`, `#1 - ${sold}`, `#2 - #2 / ${PARTS[part ?? '']}`],
  },
  {
    words: /a gap of/,
    plan: ([long, wide, gap, price]) => [`2 * (${long} + ${wide})`, `#1 - ${gap}`, `#2 * ${price}`],
  },
  {
    words: /more than the week before/,
    plan: ([first, more, weeks]) => [`${first} + ${more} * (${weeks} - 1)`, `(${first} + #1) * ${weeks} / 2`],
  },
  {
    words: /taken on both days/,
    plan: ([rows, seats, percent, more]) => [`${rows} * ${seats} * ${percent} / 100`, `#1 + ${more}`, `#1 + #2`],
  },
  {
    words: /How many children/,
    plan: ([adult, child, people, paid]) => [`${adult} * ${people}`, `#1 - ${paid}`, `#2 / (${adult} - ${child})`],
  },
  { words: /in the fourth test/, plan: ([a, b, c, mean]) => [`${a} + ${b} + ${c}`, `4 * ${mean} - #1`] },
  {
    words: /last bus stay empty/,
    plan: ([classes, pupils, teachers, seats]) => [`${classes} * ${pupils} + ${teachers}`, `-#1 % ${seats}`],
  },
  {
    words: /One in every/,
    plan: ([stock, machines, rate, bad, hours]) => [
      `${machines} * ${rate} * ${hours}`,
      `#1 / ${bad}`,
      `#1 - #2 + ${stock}`,
    ],
  },
];

/** How to work out a question, or null where its words are not known. */
export function planFor(question: string): Plan | null {
  for (const { words, plan } of KINDS) {
    const found = words.exec(question);
    if (found !== null) return plan(question.match(/\d+/g) ?? [], found);
  }
  return null;
}

/** A step of a plan with the results so far put in. */
export function filled(expression: string, results: readonly string[]): string {
  return expression.replace(/#(\d)/g, (_, number) => results[Number(number) - 1] ?? '0');
}
