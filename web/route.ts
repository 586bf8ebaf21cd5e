import type { ComponentType } from 'react';

/**
 * One page of the site. A folder of `web/` that has a `route.ts` exporting `route` is one; nothing lists them.
 * Pages are loaded when they are first opened (`lazy(() => import('./page.js'))`).
 */
export interface Route {
  /** First part of the address after `#/`; '' is where one arrives. */
  readonly name: string;
  /** How the navigation calls it, and at which place; null keeps it out. */
  readonly nav: { readonly label: string; readonly order: number } | null;
  /** Gets the further parts of the address. */
  readonly Page: ComponentType<{ readonly rest: readonly string[] }>;
}
