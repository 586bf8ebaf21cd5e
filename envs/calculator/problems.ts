import type { Rng } from '../../src/core/rng.js';

/** A word problem and its answer, a whole number. */
export type Problem = { readonly question: string; readonly answer: number };

const PEOPLE =
  'Ada Ben Chloe Dario Elif Femi Greta Hugo Ines Jonas Kira Liam Mona Nils Olga Pablo Quinn Rosa Samir Tilda'.split(
    ' ',
  );
const FRUIT = ['apples', 'pears', 'plums', 'figs', 'lemons', 'peaches'];
const GOODS = ['lamp', 'kettle', 'jacket', 'drill', 'chair', 'clock', 'backpack', 'fan'];
const SMALL = ['marbles', 'stickers', 'beads', 'shells', 'cards', 'buttons'];
const PARTS = ['bolts', 'hinges', 'springs', 'gears', 'valves'];

/** A whole number from low to high, both included. */
function between(rng: Rng, low: number, high: number): number {
  return low + rng.below(high - low + 1);
}

function packing(rng: Rng): Problem {
  const [a, b] = rng.shuffled(PEOPLE) as [string, string];
  const fruit = rng.pick(FRUIT);
  const [size, bags, each] = [between(rng, 3, 12), between(rng, 6, 40), between(rng, 15, 60)];
  const baskets = Math.ceil((size * bags + 1) / each) + rng.below(4);
  const given = baskets * each - size * bags;
  const question = `${a} picks ${baskets} baskets of ${each} ${fruit} each and gives ${given} ${fruit} to ${b}. The rest goes into bags of ${size} ${fruit}. How many bags does ${a} fill?`;
  return { question, answer: bags };
}

function wages(rng: Rng): Problem {
  const who = rng.pick(PEOPLE);
  const [rate, hours, days] = [between(rng, 9, 48), between(rng, 2, 10), between(rng, 3, 24)];
  const spent = between(rng, 11, rate * hours * days - 1);
  const question = `${who} earns ${rate} dollars an hour and works ${hours} hours a day for ${days} days. Then ${who} buys a ${rng.pick(GOODS)} for ${spent} dollars. How many dollars are left?`;
  return { question, answer: rate * hours * days - spent };
}

function sale(rng: Rng): Problem {
  const who = rng.pick(PEOPLE);
  const [price, percent, count] = [20 * between(rng, 2, 60), 5 * between(rng, 1, 15), between(rng, 2, 30)];
  const full = count * (price - (price * percent) / 100);
  const coupon = between(rng, 1, Math.min(40, full - 1));
  const question = `A ${rng.pick(GOODS)} costs ${price} dollars, but today everything is ${percent} percent off. ${who} buys ${count} of them and hands in a coupon worth ${coupon} dollars. How many dollars does ${who} pay?`;
  return { question, answer: full - coupon };
}

function ages(rng: Rng): Problem {
  const [a, b, c] = rng.shuffled(PEOPLE) as [string, string, string];
  const [times, young, years, older] = [
    between(rng, 2, 6),
    between(rng, 2, 14),
    between(rng, 2, 40),
    between(rng, 2, 30),
  ];
  const together = times * young + young + 2 * years;
  const question = `${a} is ${times} times as old as ${b}. In ${years} years the two will be ${together} years old together. ${c} is ${older} years older than ${a}. How old is ${c} now?`;
  return { question, answer: times * young + older };
}

function journey(rng: Rng): Problem {
  const who = rng.pick(PEOPLE);
  const [fast, first, slow, second] = [
    between(rng, 60, 130),
    between(rng, 2, 9),
    between(rng, 15, 59),
    between(rng, 2, 9),
  ];
  const left = between(rng, 5, 400);
  const whole = fast * first + slow * second + left;
  const question = `${who} drives ${first} hours at ${fast} km an hour and then ${second} hours at ${slow} km an hour. The whole way is ${whole} km long. How many km are still ahead?`;
  return { question, answer: left };
}

function tank(rng: Rng): Problem {
  const [leak, more, minutes] = [between(rng, 2, 30), between(rng, 3, 60), between(rng, 5, 90)];
  const missing = between(rng, 10, 900);
  const holds = more * minutes + missing;
  const question = `An empty tank holds ${holds} litres. A pump fills in ${leak + more} litres a minute, but a leak loses ${leak} litres a minute. How many litres are missing to fill the tank after ${minutes} minutes?`;
  return { question, answer: missing };
}

function reading(rng: Rng): Problem {
  const who = rng.pick(PEOPLE);
  const [pages, first, second, left] = [
    between(rng, 8, 60),
    between(rng, 2, 14),
    between(rng, 2, 14),
    between(rng, 5, 200),
  ];
  const question = `${who} reads ${pages} pages a day for ${first} days, then twice as many pages a day for ${second} days, and has ${left} pages left. How many pages does the book have?`;
  return { question, answer: pages * (first + 2 * second) + left };
}

function sharing(rng: Rng): Problem {
  const [a, b, c] = rng.shuffled(PEOPLE) as [string, string, string];
  const [times, more, least] = [between(rng, 2, 9), between(rng, 3, 90), between(rng, 4, 120)];
  const all = (times + 2) * least + more;
  const question = `${a}, ${b} and ${c} share ${all} ${rng.pick(SMALL)}. ${a} gets ${times} times as many as ${c}, and ${b} gets ${more} more than ${c}. How many does ${a} get?`;
  return { question, answer: times * least };
}

function bakery(rng: Rng): Problem {
  const who = rng.pick(PEOPLE);
  const [name, part] = rng.pick([
    ['half', 2],
    ['a third', 3],
    ['a quarter', 4],
    ['a fifth', 5],
  ] as const);
  const [trays, each, rest] = [between(rng, 4, 40), between(rng, 12, 72), between(rng, 2, 20)];
  const morning = trays * each - part * rest;
  if (morning < 1) return bakery(rng);
  const question = `${who} bakes ${trays} trays of ${each} rolls. In the morning ${morning} rolls are sold, in the afternoon ${name} of what is left. How many rolls remain?`;
  return { question, answer: (part - 1) * rest };
}

function fence(rng: Rng): Problem {
  const who = rng.pick(PEOPLE);
  const [long, wide, gate, price] = [
    between(rng, 20, 160),
    between(rng, 8, 90),
    between(rng, 2, 9),
    between(rng, 7, 65),
  ];
  const question = `${who} puts a fence around a garden ${long} metres long and ${wide} metres wide, leaving a gap of ${gate} metres for a gate. Fence costs ${price} dollars a metre. How many dollars does the fence cost?`;
  return { question, answer: (2 * long + 2 * wide - gate) * price };
}

function saving(rng: Rng): Problem {
  const who = rng.pick(PEOPLE);
  const [first, more, weeks] = [between(rng, 5, 90), between(rng, 2, 25), between(rng, 4, 52)];
  const question = `${who} saves ${first} dollars in the first week and each week ${more} dollars more than the week before. How many dollars has ${who} saved after ${weeks} weeks?`;
  return { question, answer: weeks * first + (more * weeks * (weeks - 1)) / 2 };
}

function theatre(rng: Rng): Problem {
  const [rows, seats, percent] = [between(rng, 6, 45), 20 * between(rng, 1, 6), 5 * between(rng, 4, 16)];
  const first = (rows * seats * percent) / 100;
  const more = between(rng, 1, Math.max(1, rows * seats - first));
  const question = `A theatre has ${rows} rows of ${seats} seats. On Friday ${percent} percent of the seats are taken, on Saturday ${more} seats more than on Friday. How many seats are taken on both days together?`;
  return { question, answer: 2 * first + more };
}

function tickets(rng: Rng): Problem {
  const [child, more, children, adults] = [
    between(rng, 3, 20),
    between(rng, 2, 25),
    between(rng, 4, 80),
    between(rng, 2, 60),
  ];
  const paid = child * children + (child + more) * adults;
  const question = `A museum ticket costs ${child + more} dollars for adults and ${child} dollars for children. A group of ${adults + children} people pays ${paid} dollars. How many children are in the group?`;
  return { question, answer: children };
}

function tests(rng: Rng): Problem {
  const who = rng.pick(PEOPLE);
  const scores = [between(rng, 20, 95), between(rng, 20, 95), between(rng, 20, 95), between(rng, 20, 95)] as const;
  const missing = 4 - (scores.reduce((sum, score) => sum + score) % 4);
  const last = scores[3] + missing;
  const mean = (scores[0] + scores[1] + scores[2] + last) / 4;
  const question = `${who} has ${scores[0]}, ${scores[1]} and ${scores[2]} points in three tests. How many points in the fourth test make an average of ${mean}?`;
  return { question, answer: last };
}

function buses(rng: Rng): Problem {
  const [classes, pupils, teachers, seats] = [
    between(rng, 5, 40),
    between(rng, 17, 34),
    between(rng, 6, 50),
    between(rng, 23, 79),
  ];
  const people = classes * pupils + teachers;
  const question = `${classes} classes of ${pupils} pupils and ${teachers} teachers ride in buses of ${seats} seats, filling each bus before the next one. How many seats of the last bus stay empty?`;
  return { question, answer: Math.ceil(people / seats) * seats - people };
}

function factory(rng: Rng): Problem {
  const parts = rng.pick(PARTS);
  const [machines, bad, rate, hours] = [
    between(rng, 2, 12),
    between(rng, 4, 25),
    between(rng, 3, 40),
    between(rng, 3, 20),
  ];
  const [made, stock] = [machines * bad * rate * hours, between(rng, 10, 900)];
  const question = `A factory has ${stock} ${parts} in stock, and ${machines} machines each make ${bad * rate} an hour. One in every ${bad} is faulty and thrown away. How many good ${parts} are there after ${hours} hours?`;
  return { question, answer: made - made / bad + stock };
}

/** Every kind of problem there is. */
export const TEMPLATES: readonly ((rng: Rng) => Problem)[] = [
  packing,
  wages,
  sale,
  ages,
  journey,
  tank,
  reading,
  sharing,
  bakery,
  fence,
  saving,
  theatre,
  tickets,
  tests,
  buses,
  factory,
];
