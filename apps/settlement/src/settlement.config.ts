import { integerSetting } from '@hetao/runtime';
import { z } from 'zod';

/** Settlement's own settings, on top of the common ones. */
export const settlementConfig = z.object({
  /** Zone of invoice dates, due dates and the days on bank statements. */
  LEGAL_TIME_ZONE: z
    .string()
    .default('Asia/Shanghai')
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'must be an IANA time zone'),
  /** Days a buyer has to pay. */
  PAYMENT_TERM_DAYS: integerSetting(0, 365).prefault('30'),
});

export type SettlementConfig = z.output<typeof settlementConfig>;

/** Largest bank statement that is read, in bytes: weeks of a busy account. */
export const maxStatementBytes = 8 * 1024 * 1024;
