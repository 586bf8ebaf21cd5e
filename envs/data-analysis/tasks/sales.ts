import type { Rng } from '../../../src/core/rng.js';
import { between, clear, csvOf, type Drawn, type Kind, normal, printed, rarely, some, uniform } from './draw.js';
import { atShare, slopeOf, sums, total } from './reckon.js';

type Product = { readonly product: string; readonly category: string };
type Order = {
  readonly order: number;
  readonly date: string;
  readonly store: string;
  readonly product: string;
  readonly units: number | null;
  readonly price: number;
  readonly price_unit: string;
};

interface Shop {
  readonly products: readonly Product[];
  /** Each once, those without units left out. */
  readonly orders: readonly (Order & { readonly units: number })[];
  readonly files: { readonly [name: string]: string };
}

const STORES = ['Bergen', 'Ghent', 'Lyon', 'Porto', 'Turku'];
const CATEGORIES = ['tea', 'coffee', 'spices', 'honey'];
const MONTHS = ['January', 'February', 'March', 'April'];

function shop(rng: Rng): Shop {
  const products = Array.from({ length: 8 }, (_, at) => ({
    product: `item-${at + 1}`,
    category: CATEGORIES[at % 4] as string,
  }));
  const bases = products.map(() => uniform(rng, 2, 20));
  const elasticities = products.map(() => uniform(rng, -2.4, -0.8));
  const count = between(rng, 170, 240);
  const all = Array.from({ length: count }, (_, at) => {
    const which = rng.below(products.length);
    return orderOf(rng, at, products[which] as Product, bases[which] as number, elasticities[which] as number);
  });
  const twice = some(rng, all, between(rng, 4, 9));
  const orders = all.flatMap((order) => (order.units === null ? [] : [{ ...order, units: order.units }]));
  const files = { 'orders.csv': csvOf(rng, rng.shuffled([...all, ...twice])), 'products.csv': csvOf(rng, products) };
  return { products, orders, files };
}

/** NOTE: a cheap day sells more, by the product's elasticity, so that there is something to find. */
function orderOf(rng: Rng, at: number, { product }: Product, base: number, elasticity: number): Order {
  const price = printed(base * uniform(rng, 0.6, 1.5), 2);
  const units = Math.max(1, Math.round(40 * (price / base) ** elasticity * normal(rng, 1, 0.15)));
  const inCents = rarely(rng, 6);
  const [month, day] = [between(rng, 1, 4), between(rng, 1, 28)];
  return {
    order: 1000 + at,
    date: `2023-0${month}-${String(day).padStart(2, '0')}`,
    store: rng.pick(STORES),
    product,
    units: rarely(rng, 18) ? null : units,
    price: inCents ? Math.round(price * 100) : price,
    price_unit: inCents ? 'ct' : 'EUR',
  };
}

function euros({ price, price_unit }: Order): number {
  return price_unit === 'ct' ? price / 100 : price;
}

function value(order: Order & { readonly units: number }): number {
  return order.units * euros(order);
}

const RULES =
  'Revenue is units times price in orders.csv; prices are in EUR or in ct, as price_unit says (1 EUR is 100 ct). Some orders were entered twice under the same number and count once; orders without units are left out.';

function categoryShare(rng: Rng): Drawn {
  const found = shop(rng);
  const category = rng.pick(CATEGORIES);
  const inside = new Set(
    found.products.filter((product) => product.category === category).map(({ product }) => product),
  );
  const revenue = total(found.orders.filter(({ product }) => inside.has(product)).map(value));
  return {
    question: `What percentage of the revenue comes from the category ${category}? Categories are in products.csv. ${RULES}`,
    files: found.files,
    answer: (100 * revenue) / total(found.orders.map(value)),
  };
}

function growth(rng: Rng): Drawn {
  const found = shop(rng);
  const month = between(rng, 1, 3);
  const revenue = (of: number) => total(found.orders.filter(({ date }) => date.startsWith(`2023-0${of}`)).map(value));
  return {
    question: `By what percentage did revenue change from ${MONTHS[month - 1]} to ${MONTHS[month]} 2023? A fall is negative. ${RULES}`,
    files: found.files,
    answer: 100 * (revenue(month + 1) / revenue(month) - 1),
  };
}

function topStore(rng: Rng): Drawn {
  const found = shop(rng);
  const [, most] = sums(found.orders, ({ store }) => store, value)[0] as [string, number];
  return {
    question: `What is the revenue in EUR of the store with the largest revenue? ${RULES}`,
    files: found.files,
    answer: most,
  };
}

function highValue(rng: Rng): Drawn {
  const found = shop(rng);
  const [store, share] = [rng.pick(STORES), rng.pick([75, 80, 90, 95])];
  const values = found.orders.filter((order) => order.store === store).map(value);
  return {
    question: `What is the ${share}th percentile of the revenue in EUR of single orders of the store ${store}, with linear interpolation between neighbours (place (n - 1) p from the smallest)? ${RULES}`,
    files: found.files,
    answer: atShare(values, share / 100),
  };
}

function elasticity(rng: Rng): Drawn {
  const found = shop(rng);
  const { product } = rng.pick(found.products);
  const orders = found.orders.filter((order) => order.product === product);
  return {
    question: `What is the price elasticity of the product ${product}: the slope of the least squares line of the natural logarithm of units against the natural logarithm of the price, over its orders? ${RULES}`,
    files: found.files,
    answer: slopeOf(
      orders.map((order) => Math.log(euros(order))),
      orders.map(({ units }) => Math.log(units)),
    ),
  };
}

export const sales: readonly Kind[] = [
  { name: 'share of a group', draw: categoryShare },
  { name: 'growth', draw: (rng) => clear(rng, growth) },
  { name: 'top group', draw: topStore },
  { name: 'percentile', draw: highValue },
  { name: 'elasticity', draw: (rng) => clear(rng, elasticity) },
];
