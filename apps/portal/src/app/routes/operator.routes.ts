import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deadLetterStates, services } from '../../features/ops-dead-letters/dead-letter-search.js';
import { queues } from '../../kit/inbox/queues.js';
import { listingStatuses } from '../../features/ops-listings/review-status.js';
import { participantRoles, participantStatuses } from '../../features/ops-participants/participant-status.js';
import { tabs } from '../../features/ops-reconciliation/tabs.js';
import type { Audience } from '../access.js';
import { rootRoute } from '../root-route.js';
import { params } from '../search.js';

const forOperators: { readonly audience: Audience } = { audience: ['operator'] };

/** Screens of the operator. */
export const operatorRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/inbox',
    staticData: forOperators,
    validateSearch: params({ queue: queues }),
    component: lazyRouteComponent(() => import('../../features/ops-inbox/inbox.page.js'), 'InboxPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/listings',
    staticData: forOperators,
    validateSearch: params({ status: listingStatuses, q: 'text' }),
    component: lazyRouteComponent(() => import('../../features/ops-listings/listings.page.js'), 'ListingsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/listings/$productId/review',
    staticData: forOperators,
    component: lazyRouteComponent(() => import('../../features/ops-listings/review.page.js'), 'ReviewPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/clearance',
    staticData: forOperators,
    component: lazyRouteComponent(() => import('../../features/ops-clearance/clearance.page.js'), 'ClearancePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/clearance/$declarationId',
    staticData: forOperators,
    component: lazyRouteComponent(
      () => import('../../features/ops-clearance/declaration-review.page.js'),
      'DeclarationReviewPage',
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/reconciliation',
    staticData: forOperators,
    validateSearch: params({ tab: tabs, period: 'text', exception: 'text' }),
    component: lazyRouteComponent(
      () => import('../../features/ops-reconciliation/reconciliation.page.js'),
      'ReconciliationPage',
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/participants',
    staticData: forOperators,
    validateSearch: params({ status: participantStatuses, role: participantRoles }),
    component: lazyRouteComponent(
      () => import('../../features/ops-participants/participants.page.js'),
      'ParticipantsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/participants/$participantId',
    staticData: forOperators,
    component: lazyRouteComponent(
      () => import('../../features/ops-participants/participant.page.js'),
      'ParticipantPage',
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/disputes',
    staticData: forOperators,
    component: lazyRouteComponent(() => import('../../features/ops-disputes/disputes.page.js'), 'DisputesPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/fees',
    staticData: forOperators,
    component: lazyRouteComponent(() => import('../../features/ops-fees/fees.page.js'), 'FeesPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/rules',
    staticData: { audience: ['operator', 'auditor'] },
    validateSearch: params({ version: 'text' }),
    component: lazyRouteComponent(() => import('../../features/ops-rules/rules.page.js'), 'RulesPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/system',
    staticData: forOperators,
    component: lazyRouteComponent(() => import('../../features/ops-system/system.page.js'), 'SystemPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/ops/dead-letters',
    staticData: { audience: ['operator', 'auditor'] },
    validateSearch: params({ state: deadLetterStates, service: services }),
    component: lazyRouteComponent(
      () => import('../../features/ops-dead-letters/dead-letters.page.js'),
      'DeadLettersPage',
    ),
  }),
] as const;
