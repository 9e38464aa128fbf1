import { jurisdictions, type Jurisdiction } from '@hetao/kernel';
import { cursorQuery, pageOf } from '@hetao/runtime';
import { z } from 'zod';

const jurisdiction = z.enum(jurisdictions as unknown as [Jurisdiction, ...Jurisdiction[]]);

export const taxRateQueryDto = cursorQuery.extend({
  jurisdiction: jurisdiction.optional(),
  date: z.iso.date().optional().describe('Only rates in force on this day'),
});
export type TaxRateQueryDto = z.output<typeof taxRateQueryDto>;

export const taxRateDto = z
  .object({
    id: z.string().describe('Named by every invoice whose tax follows it'),
    jurisdiction: z.string(),
    category: z.enum(['standard', 'export', 'reverse_charge']),
    name: z.string(),
    rate_bps: z.int(),
    valid_from: z.iso.date(),
    valid_until: z.iso.date().nullable().describe('First day it holds no more; null while it holds'),
    source: z.string().describe('The law it stands in'),
    basis: z.string().describe('What is rounded: the tax on the total of an invoice'),
    rounding: z.string(),
  })
  .meta({ id: 'TaxRate' });
export type TaxRateDto = z.output<typeof taxRateDto>;
export const taxRatePageDto = pageOf(taxRateDto).meta({ id: 'TaxRatePage' });
