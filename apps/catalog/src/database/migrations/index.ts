import { ParticipantsAndProducts1763800000001 } from './1763800000001-participants-and-products.js';
import { DataDescription1763860000002 } from './1763860000002-data-description.js';
import { ProductCards1763870000003 } from './1763870000003-product-cards.js';
import { Onboarding1763870000004 } from './1763870000004-onboarding.js';
import { SearchIndex1763880000001 } from './1763880000001-search-index.js';
import { Profiles1763880000002 } from './1763880000002-profiles.js';
import { SavedSearches1763880000003 } from './1763880000003-saved-searches.js';
import { DemandAndCredit1763890000001 } from './1763890000001-demand-and-credit.js';
import { CreditEntries1763900000001 } from './1763900000001-credit-entries.js';

/** The catalog's migrations in the order they run. */
export const catalogMigrations = [
  ParticipantsAndProducts1763800000001,
  DataDescription1763860000002,
  ProductCards1763870000003,
  Onboarding1763870000004,
  SearchIndex1763880000001,
  Profiles1763880000002,
  SavedSearches1763880000003,
  DemandAndCredit1763890000001,
  CreditEntries1763900000001,
];
