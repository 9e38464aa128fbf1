import { clearanceMigrations } from '@hetao/clearance';
import { EnclavesAndLicences1764800000010 } from './1764800000010-enclaves-and-licences.js';
import { ComputeUsage1764800000011 } from './1764800000011-compute-usage.js';
import { LedgerByBuyer1764800000012 } from './1764800000012-ledger-by-buyer.js';
import { PixelSessions1766000000501 } from './1766000000501-pixel-sessions.js';
import { TrainingAccount1766000000701 } from './1766000000701-training-account.js';
import { TrainingAndPrivacy1766000000700 } from './1766000000700-training-and-privacy.js';

/** The sandbox service's migrations in the order they run. */
export const sandboxMigrations = [
  ...clearanceMigrations,
  EnclavesAndLicences1764800000010,
  ComputeUsage1764800000011,
  PixelSessions1766000000501,
  TrainingAndPrivacy1766000000700,
  LedgerByBuyer1764800000012,
  TrainingAccount1766000000701,
];
