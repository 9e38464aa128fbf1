import { OffersAndAgreements1763800000002 } from './1763800000002-offers-and-agreements.js';

/** The migrations of contracts in the order they run. */
export const contractsMigrations = [OffersAndAgreements1763800000002];
