import { instant, moneyDto, text } from '@hetao/runtime';
import { z } from 'zod';

export const balanceQueryDto = z.object({
  at: instant.optional().describe('As of this moment; now without it'),
  by: z
    .enum(['recorded', 'effective'])
    .default('recorded')
    .describe('recorded: what the books said then; effective: what, by today’s books, was so then'),
});
export type BalanceQueryDto = z.output<typeof balanceQueryDto>;

export const balanceDto = z
  .object({
    account_id: z.string(),
    at: z.iso.datetime().nullable(),
    by: z.enum(['recorded', 'effective']),
    balance: moneyDto.describe('Debits are positive, credits negative'),
    version: z
      .int()
      .nullable()
      .describe('The last entry counted; null by effective time, where entries are not in order'),
  })
  .meta({ id: 'LedgerBalance' });
export type BalanceDto = z.output<typeof balanceDto>;

/** Minor units beyond 64 bits could not be compared with a balance. */
const minor = z
  .string()
  .regex(/^-?[0-9]{1,18}$/, 'must be minor units, as a text of at most 18 digits')
  .transform(BigInt)
  .nullable();

export const limitsBodyDto = z
  .strictObject({
    floor_minor: minor.describe('The balance may not fall below it; debits are positive'),
    ceiling_minor: minor.describe('The balance may not rise above it'),
    reason: text(500),
  })
  .refine(
    ({ floor_minor, ceiling_minor }) => floor_minor === null || ceiling_minor === null || floor_minor <= ceiling_minor,
    { path: ['floor_minor'], message: 'must not lie above ceiling_minor' },
  )
  .meta({ id: 'LedgerLimits' });
export type LimitsBodyDto = z.output<typeof limitsBodyDto>;

export const limitedDto = z
  .object({ account_id: z.string(), floor_minor: z.string().nullable(), ceiling_minor: z.string().nullable() })
  .meta({ id: 'LedgerLimitsSet' });
export type LimitedDto = z.output<typeof limitedDto>;
