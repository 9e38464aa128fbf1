import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route.js';
import { params } from '../search.js';

/** Screens of the auditor; whoever holds a receipt may verify it. */
export const auditorRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/audit',
    staticData: { audience: ['auditor', 'operator'] },
    validateSearch: params({ actor: 'text', object: 'text', request_id: 'text', result: ['done', 'refused'] }),
    component: lazyRouteComponent(() => import('../../features/audit-search/audit.page.js'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/audit/cases',
    staticData: { audience: ['auditor', 'operator'] },
    validateSearch: params({ period: 'text', size: 'text', seed: 'text' }),
    component: lazyRouteComponent(() => import('../../features/audit-cases/cases.page.js'), 'CasesPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/audit/verify',
    component: lazyRouteComponent(() => import('../../features/audit-verify/verify.page.js'), 'VerifyPage'),
  }),
] as const;
