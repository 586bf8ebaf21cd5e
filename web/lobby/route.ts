import { lazy } from 'react';
import type { Route } from '../route.js';

export const route: Route = { name: '', nav: { label: 'Games', order: 0 }, Page: lazy(() => import('./page.js')) };
