import { createRouter } from '@tanstack/react-router';
import { Failed } from './failed.page.js';
import { rootRoute } from './root-route.js';
import { auditorRoutes } from './routes/auditor.routes.js';
import { buyerRoutes } from './routes/buyer.routes.js';
import { commonRoutes } from './routes/common.routes.js';
import { merchantRoutes } from './routes/merchant.routes.js';
import { operatorRoutes } from './routes/operator.routes.js';
import { sandboxRoutes } from './routes/sandbox.routes.js';
import { parseSearch, stringifySearch } from './search.js';

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...commonRoutes,
    ...buyerRoutes,
    ...merchantRoutes,
    ...operatorRoutes,
    ...auditorRoutes,
    ...sandboxRoutes,
  ]),
  parseSearch,
  stringifySearch,
  // A page that breaks leaves the frame standing.
  defaultErrorComponent: Failed,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
