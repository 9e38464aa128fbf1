import { z } from 'zod';
import { booleanSetting, integerSetting } from '@hetao/runtime';

/** What the operator of the catalog decides beside what every service reads. */
export const catalogConfig = z.object({
  /** How long a participant's certificate holds, in days. */
  PARTICIPANT_CERTIFICATE_DAYS: z.prefault(integerSetting(1, 3650), '730'),
  /** How long a listing certificate holds at most, in days. */
  LISTING_CERTIFICATE_DAYS: z.prefault(integerSetting(1, 3650), '365'),
  /** Whether products without a card (basic listings, decided in one step) are still taken in. */
  BASIC_LISTINGS: booleanSetting.prefault('1'),
  /** Pause between two rounds over what ran out or comes into effect. */
  UPKEEP_INTERVAL_MS: z.prefault(integerSetting(100, 86_400_000), '60000'),
  /** Largest file that is profiled, in bytes. */
  PROFILE_MAX_BYTES: integerSetting(1_000, 20_000_000_000).prefault('2000000000'),
  /** Of the buffers of the engine that profiles; its process may take half a gigabyte more. */
  PROFILE_MEMORY_MB: integerSetting(64, 65_536).prefault('1024'),
  /** What it may write down beside the file. */
  PROFILE_TEMP_MB: integerSetting(64, 1_000_000).prefault('4096'),
  /** How long it may take over one file, in seconds. */
  PROFILE_TIME_S: integerSetting(1, 3_600).prefault('600'),
});
export type CatalogConfig = z.output<typeof catalogConfig>;
