import { Suspense } from 'react';
import { linkTo, useAddress } from './address.js';
import { Fence } from './fence.js';
import { Heading } from './heading.js';
import type { Route } from './route.js';

const routes = Object.values(import.meta.glob<Route>('./*/route.ts', { eager: true, import: 'route' }));
const places = routes
  .flatMap((route) => (route.nav === null ? [] : [{ ...route.nav, name: route.name }]))
  .sort((a, b) => a.order - b.order);

export function App() {
  const address = useAddress();
  const [name = '', ...rest] = address;
  const route = routes.find((one) => one.name === name);
  return (
    <>
      <button type="button" className="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <Banner here={name} />
      <main id="main" tabIndex={-1}>
        <Fence key={address.join('/')}>
          <Suspense fallback={<p className="quiet">Loading…</p>}>
            {route === undefined ? <Nowhere /> : <route.Page rest={rest} />}
          </Suspense>
        </Fence>
      </main>
    </>
  );
}

function Banner({ here }: { readonly here: string }) {
  return (
    <header className="banner">
      <a className="brand" href={linkTo()}>
        <img src="/mark.svg" alt="" width="24" height="24" /> Ludus
      </a>
      <nav aria-label="Pages">
        <ul>
          {places.map(({ name, label }) => (
            <li key={name}>
              <a href={name === '' ? linkTo() : linkTo(name)} aria-current={name === here ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function Nowhere() {
  return (
    <>
      <Heading>There is nothing here</Heading>
      <p>
        This address leads to no page. <a href={linkTo()}>Go to the games.</a>
      </p>
    </>
  );
}
