import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { catalogSearch } from '../../features/catalog/facets.rules.js';
import { rootRoute } from '../root-route.js';

/** Pages that every role has. */
export const commonRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/',
    component: lazyRouteComponent(() => import('../../features/home/home.page.js'), 'HomePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/catalog',
    validateSearch: catalogSearch,
    component: lazyRouteComponent(() => import('../../features/catalog/catalog.page.js'), 'CatalogPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/products/$productId',
    component: lazyRouteComponent(() => import('../../features/product/product.page.js'), 'ProductPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('../../features/settings/settings.page.js'), 'SettingsPage'),
  }),
] as const;
