import { clearanceMigrations } from '@hetao/clearance';
import { OffersAndAgreements1763800000002 } from './1763800000002-offers-and-agreements.js';
import { Releases1763860000003 } from './1763860000003-releases.js';
import { Negotiations1764010000010 } from './1764010000010-negotiations.js';
import { DataspacePeers1764010000020 } from './1764010000020-dataspace-peers.js';
import { Lifecycle1764010000030 } from './1764010000030-lifecycle.js';
import { DataspaceTransfers1764010000021 } from './1764010000021-dataspace-transfers.js';
import { DataspaceCatalog1764010000022 } from './1764010000022-dataspace-catalog.js';
import { SigningKeys1764010000040 } from './1764010000040-signing-keys.js';
import { IsolateTenants1764700000000 } from './1764700000000-isolate-tenants.js';

/** The migrations of contracts in the order they run. */
export const contractsMigrations = [
  OffersAndAgreements1763800000002,
  ...clearanceMigrations,
  Releases1763860000003,
  Negotiations1764010000010,
  DataspacePeers1764010000020,
  Lifecycle1764010000030,
  DataspaceTransfers1764010000021,
  DataspaceCatalog1764010000022,
  SigningKeys1764010000040,
  IsolateTenants1764700000000,
];
