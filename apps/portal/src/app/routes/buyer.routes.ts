import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requestStatuses } from '../../kit/request-statuses.js';
import type { Audience } from '../access.js';
import { rootRoute } from '../root-route.js';
import { params } from '../search.js';

const forBuyers: { readonly audience: Audience } = { audience: ['buyer'] };

/** Screens of the buyer. */
export const buyerRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/products/$productId/request',
    staticData: forBuyers,
    validateSearch: params({ offer: 'text' }),
    component: lazyRouteComponent(() => import('../../features/request/request.page.js'), 'RequestPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/requests',
    staticData: forBuyers,
    validateSearch: params({ status: requestStatuses }),
    component: lazyRouteComponent(() => import('../../features/request/requests.page.js'), 'RequestsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/requests/$requestId',
    staticData: { audience: ['buyer', 'merchant'] },
    component: lazyRouteComponent(() => import('../../features/request/request-detail.page.js'), 'RequestDetailPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contracts/$agreementId/sign',
    staticData: { audience: ['buyer', 'merchant'] },
    component: lazyRouteComponent(() => import('../../features/contract/sign.page.js'), 'SignPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/access',
    staticData: forBuyers,
    component: lazyRouteComponent(() => import('../../features/access/access.page.js'), 'AccessPage'),
  }),
] as const;
