import { LogAndAttestations1763900000010 } from './1763900000010-log-and-attestations.js';
import { AnnouncementsAndLooks1763900000020 } from './1763900000020-announcements-and-looks.js';
import { WaitingTimes1763900000030 } from './1763900000030-waiting-times.js';

/** The attestation service's migrations in the order they run. */
export const attestationMigrations = [
  LogAndAttestations1763900000010,
  AnnouncementsAndLooks1763900000020,
  WaitingTimes1763900000030,
];
