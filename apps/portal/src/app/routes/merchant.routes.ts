import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { wizardSteps } from '../../features/merchant-listings/wizard-steps.js';
import { listingStatuses } from '../../features/merchant-listings/listing-status.js';
import { offerStatuses } from '../../features/merchant-offers/offer-status.js';
import { payoutStatuses } from '../../features/merchant-payouts/payout-status.js';
import { requestStatuses } from '../../kit/request-statuses.js';
import type { Audience } from '../access.js';
import { rootRoute } from '../root-route.js';
import { params } from '../search.js';

const forMerchants: { readonly audience: Audience } = { audience: ['merchant'] };

/** Screens of the merchant. */
export const merchantRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/requests',
    staticData: forMerchants,
    validateSearch: params({ status: requestStatuses }),
    component: lazyRouteComponent(() => import('../../features/merchant-requests/queue.page.js'), 'QueuePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/requests/$requestId',
    staticData: forMerchants,
    component: lazyRouteComponent(() => import('../../features/merchant-requests/decide.page.js'), 'DecidePage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/listings',
    staticData: forMerchants,
    validateSearch: params({ status: listingStatuses }),
    component: lazyRouteComponent(() => import('../../features/merchant-listings/listings.page.js'), 'ListingsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/listings/$listingId',
    staticData: forMerchants,
    validateSearch: params({ step: wizardSteps }),
    component: lazyRouteComponent(() => import('../../features/merchant-listings/listing.page.js'), 'ListingPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/offers',
    staticData: forMerchants,
    validateSearch: params({ status: offerStatuses }),
    component: lazyRouteComponent(() => import('../../features/merchant-offers/offers.page.js'), 'OffersPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/offers/$offerId',
    staticData: forMerchants,
    component: lazyRouteComponent(() => import('../../features/merchant-offers/offer.page.js'), 'OfferPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/payouts',
    staticData: forMerchants,
    validateSearch: params({ status: payoutStatuses }),
    component: lazyRouteComponent(() => import('../../features/merchant-payouts/payouts.page.js'), 'PayoutsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/payouts/$payoutId',
    staticData: forMerchants,
    component: lazyRouteComponent(() => import('../../features/merchant-payouts/payout.page.js'), 'PayoutPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/onboarding',
    staticData: forMerchants,
    component: lazyRouteComponent(
      () => import('../../features/merchant-onboarding/onboarding.page.js'),
      'OnboardingPage',
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/merchant/usage',
    staticData: forMerchants,
    validateSearch: params({ period: 'text' }),
    component: lazyRouteComponent(() => import('../../features/merchant-usage/sales.page.js'), 'SalesPage'),
  }),
] as const;
