import { lazy } from 'react';
import type { Route } from '../route.js';

export const route: Route = { name: 'table', nav: null, Page: lazy(() => import('./page.js')) };
