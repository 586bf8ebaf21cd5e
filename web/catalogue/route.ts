import { lazy } from 'react';
import type { Route } from '../route.js';

export const route: Route = {
  name: 'catalogue',
  nav: { label: 'Catalogue', order: 1 },
  Page: lazy(() => import('./page.js')),
};
