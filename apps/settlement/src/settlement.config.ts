import { currencies, type Currency } from '@hetao/kernel';
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
  /** Days after which changed bank details take effect; until then the party is not paid. */
  BANK_DETAILS_COOLING_DAYS: integerSetting(0, 90).prefault('3'),
  /** Currency the exchange keeps its own books in: what gains and losses are counted in. */
  FUNCTIONAL_CURRENCY: z.enum(currencies as [Currency, ...Currency[]]).default('CNY'),
  /** Days a rate holds when its file does not say: a long weekend, and no longer. */
  FX_VALID_DAYS: integerSetting(1, 31).prefault('5'),
  /** Minutes between payout runs for parties that are paid weekly or so many days after the money came. */
  PAYOUT_RUN_MINUTES: integerSetting(1, 1_440).prefault('60'),
  /** Hour of the legal zone from which the night's audit of the ledger runs. */
  AUDIT_HOUR: integerSetting(0, 23).prefault('2'),
});

export type SettlementConfig = z.output<typeof settlementConfig>;

/** Largest bank statement that is read, in bytes: weeks of a busy account. */
export const maxStatementBytes = 8 * 1024 * 1024;

/** Largest bank statement that an operation takes, in bytes: a month of a very busy account. */
export const maxOperationBytes = 64 * 1024 * 1024;
