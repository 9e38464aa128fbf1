import { clearanceMigrations } from '@hetao/clearance';
import { OffersAndAgreements1763800000002 } from './1763800000002-offers-and-agreements.js';
import { Releases1763860000003 } from './1763860000003-releases.js';

/** The migrations of contracts in the order they run. */
export const contractsMigrations = [OffersAndAgreements1763800000002, ...clearanceMigrations, Releases1763860000003];
