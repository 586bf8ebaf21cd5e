import { lazy } from 'react';
import type { Route } from '../route.js';

export const route: Route = {
  name: 'replays',
  nav: { label: 'Replays', order: 2 },
  Page: lazy(() => import('./page.js')),
};
