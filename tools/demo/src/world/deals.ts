import { licensed, story } from './deals-licensed.js';
import type { DealSeed } from './seed-types.js';

/** Agreements that do not give access yet, or never will. */
const unsigned: readonly DealSeed[] = [
  {
    offer: 'bayou-grid/load-forecast/forecasts',
    buyer: 'raintree-fund',
    purpose: 'investment-research',
    place: 'SG',
    state: 'concluded',
  },
  {
    offer: 'tolo-marine/water-quality/science',
    buyer: 'university',
    purpose: 'research',
    place: 'HK',
    state: 'signed_by_merchant',
  },
  {
    offer: 'nanhai-wind/turbine-scada/operators',
    buyer: 'raintree-fund',
    purpose: 'investment-research',
    place: 'SG',
    state: 'signed_by_merchant',
  },
  {
    offer: 'kinabalu-agri/palm-trace/shipments',
    buyer: 'causeway-bank',
    purpose: 'credit-risk',
    place: 'HK',
    state: 'signed_by_buyer',
  },
  {
    offer: 'dongjiang-precision/mould-wear/series',
    buyer: 'perak-electronics',
    purpose: 'predictive-maintenance',
    place: 'MY',
    state: 'unsigned',
  },
  {
    offer: 'daya-battery/ageing/research',
    buyer: 'hudson-freight',
    purpose: 'model-training',
    place: 'US',
    state: 'lapsed',
    reason: 'The cells measured here are exported under other terms; please ask again next quarter.',
  },
];

/** Requests that wait, and requests that led nowhere. */
const asked: readonly DealSeed[] = [
  {
    offer: 'taipa/classical-formulas/reference',
    buyer: 'university',
    purpose: 'education',
    place: 'HK',
    state: 'requested',
  },
  {
    offer: 'lingnan/herb-prices/standard',
    buyer: 'cam-valley',
    purpose: 'procurement',
    place: 'GB',
    state: 'requested',
  },
  {
    offer: 'mekong-aqua/pond-health/lenders',
    buyer: 'causeway-bank',
    purpose: 'credit-risk',
    place: 'HK',
    state: 'requested',
  },
  {
    offer: 'orchid-payments/card-spend/districts',
    buyer: 'hudson-freight',
    purpose: 'market-research',
    place: 'US',
    state: 'requested',
  },
  {
    offer: 'bauhinia-compute/output-checker/tables',
    buyer: 'guia-institute',
    purpose: 'clinical-research',
    place: 'MO',
    state: 'requested',
  },
  {
    offer: 'nanshan-clinical/imaging/series',
    buyer: 'cam-valley',
    purpose: 'clinical-research',
    place: 'GB',
    state: 'request_declined',
    reason: 'Please use the series inside the sandbox first; a download to the United Kingdom is not released yet.',
  },
  {
    offer: 'klang-corridor/truck-turns/depots',
    buyer: 'lantau-lines',
    purpose: 'logistics-planning',
    place: 'HK',
    state: 'request_declined',
    reason: 'Two of the three depots have opened tenders; we answer again after the award.',
  },
  {
    offer: 'coloane-coast/surge-levels/gauges',
    buyer: 'guia-institute',
    purpose: 'research',
    place: 'MO',
    state: 'request_withdrawn',
  },
  {
    offer: 'lychee-road/orchard-output/season',
    buyer: 'causeway-bank',
    purpose: 'credit-risk',
    place: 'HK',
    state: 'request_withdrawn',
  },
  {
    offer: 'fragrant-isle/typhoon-archive/opening',
    buyer: 'university',
    purpose: 'research',
    place: 'HK',
    state: 'request_expired',
  },
];

/** Every buyer's way to every product, the story first. */
export const deals: readonly DealSeed[] = [story, ...licensed, ...unsigned, ...asked];
