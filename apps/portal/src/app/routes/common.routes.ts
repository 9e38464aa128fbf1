import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { askEarly } from '../../api/ask-early.js';
import { catalogSearch } from '../../features/catalog/facets.rules.js';
import { foundProducts } from '../../features/catalog/found-products.query.js';
import { agreementStatuses } from '../../features/contract/contract-status.js';
import { declarationStatuses } from '../../features/declaration/declaration.rules.js';
import { demandStatuses } from '../../features/demand/demand.rules.js';
import { callStates } from '../../features/developers/scopes.rules.js';
import { invoiceStatuses } from '../../features/invoice/invoice-status.js';
import { rootRoute } from '../root-route.js';
import { params } from '../search.js';

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
    loaderDeps: ({ search }) => search,
    loader: ({ deps }) => askEarly(foundProducts(deps)),
    component: lazyRouteComponent(() => import('../../features/catalog/catalog.page.js'), 'CatalogPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/products/$productId',
    validateSearch: params({ tab: 'text' }),
    component: lazyRouteComponent(() => import('../../features/product/product.page.js'), 'ProductPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('../../features/settings/settings.page.js'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contracts',
    validateSearch: params({ status: agreementStatuses }),
    component: lazyRouteComponent(() => import('../../features/contract/contracts.page.js'), 'ContractsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contracts/$agreementId',
    component: lazyRouteComponent(() => import('../../features/contract/contract.page.js'), 'ContractPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/invoices',
    validateSearch: params({ status: invoiceStatuses }),
    component: lazyRouteComponent(() => import('../../features/invoice/invoices.page.js'), 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/invoices/$invoiceId',
    component: lazyRouteComponent(() => import('../../features/invoice/invoice.page.js'), 'InvoicePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/usage',
    validateSearch: params({ agreement: 'text', period: 'text', meter: 'text' }),
    component: lazyRouteComponent(() => import('../../features/usage/usage.page.js'), 'UsagePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/demand',
    validateSearch: params({ status: demandStatuses }),
    component: lazyRouteComponent(() => import('../../features/demand/demand.page.js'), 'DemandPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/demand/$demandId',
    component: lazyRouteComponent(() => import('../../features/demand/demand-detail.page.js'), 'DemandDetailPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/customs/check',
    staticData: { audience: 'public' },
    validateSearch: params({ facts: 'text' }),
    component: lazyRouteComponent(
      () => import('../../features/customs-check/customs-check.page.js'),
      'CustomsCheckPage',
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/proofs',
    staticData: { audience: 'public' },
    component: lazyRouteComponent(() => import('../../features/proofs/proofs.page.js'), 'ProofsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/declarations',
    staticData: { audience: ['merchant', 'operator', 'auditor'] },
    validateSearch: params({ status: declarationStatuses }),
    component: lazyRouteComponent(() => import('../../features/declaration/declarations.page.js'), 'DeclarationsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/declarations/$declarationId',
    staticData: { audience: ['merchant', 'operator', 'auditor'] },
    component: lazyRouteComponent(() => import('../../features/declaration/declaration.page.js'), 'DeclarationPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/declarations/new',
    staticData: { audience: ['merchant'] },
    validateSearch: params({ facts: 'text' }),
    component: lazyRouteComponent(() => import('../../features/declare/new-declaration.page.js'), 'NewDeclarationPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/declarations/$declarationId/edit',
    staticData: { audience: ['merchant'] },
    component: lazyRouteComponent(() => import('../../features/declare/declare.page.js'), 'DeclarePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/developers/keys',
    component: lazyRouteComponent(() => import('../../features/developers/keys.page.js'), 'KeysPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/developers/webhooks',
    staticData: { audience: ['buyer', 'merchant'] },
    component: lazyRouteComponent(() => import('../../features/developers/webhooks.page.js'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/developers/logs',
    validateSearch: params({ state: callStates }),
    component: lazyRouteComponent(() => import('../../features/developers/logs.page.js'), 'LogsPage'),
  }),
] as const;
