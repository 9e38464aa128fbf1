import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route.js';

/** Computing on data that stays: for who computes, and for who looks before anything opens or leaves. */
export const sandboxRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sandbox',
    staticData: { audience: ['buyer'] },
    component: lazyRouteComponent(() => import('../../features/sandbox/sandbox.page.js'), 'SandboxPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sandbox/sessions/$sessionId',
    component: lazyRouteComponent(() => import('../../features/sandbox-viewer/session.page.js'), 'SessionPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sandbox/outputs/$outputId',
    component: lazyRouteComponent(() => import('../../features/sandbox-review/output.page.js'), 'OutputPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sandbox/runs/$runId',
    component: lazyRouteComponent(() => import('../../features/sandbox-run/run.page.js'), 'RunPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sandbox/models/$modelId',
    component: lazyRouteComponent(() => import('../../features/sandbox-model/model.page.js'), 'ModelPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sandbox/reviews',
    staticData: { audience: ['merchant', 'operator', 'auditor'] },
    component: lazyRouteComponent(() => import('../../features/sandbox-review/reviews.page.js'), 'ReviewsPage'),
  }),
] as const;
