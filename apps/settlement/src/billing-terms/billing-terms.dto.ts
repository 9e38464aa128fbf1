import { idSchema, text } from '@hetao/runtime';
import { z } from 'zod';

const MAX_NET_DAYS = 365;

export const billingTermsChangeDto = z
  .strictObject({
    purchase_order: text(64).nullable().optional().describe('Stands on every later invoice of the agreement'),
    net_days: z.int().min(0).max(MAX_NET_DAYS).nullable().optional().describe('Days to pay; null for everybody’s'),
    tax_category: z.enum(['standard', 'export', 'reverse_charge']).optional(),
    tax_evidence: text(500).nullable().optional().describe('Why no tax is charged: certificate, number, article'),
  })
  .refine(
    ({ tax_category = 'standard', tax_evidence = null }) => tax_category === 'standard' || tax_evidence !== null,
    {
      path: ['tax_evidence'],
      message: 'is needed when no tax is to be charged',
    },
  )
  .meta({ id: 'BillingTermsChange' });
export type BillingTermsChange = z.output<typeof billingTermsChangeDto>;

export const billingTermsDto = z
  .object({
    agreement_id: idSchema('agr'),
    purchase_order: z.string().nullable(),
    net_days: z.int().nullable(),
    tax_category: z.enum(['standard', 'export', 'reverse_charge']),
    tax_evidence: z.string().nullable(),
  })
  .meta({ id: 'BillingTerms' });
export type BillingTermsDto = z.output<typeof billingTermsDto>;

/** What only the exchange may set. */
export function isForOperators({ net_days, tax_category, tax_evidence }: BillingTermsChange): boolean {
  return net_days !== undefined || tax_category !== undefined || tax_evidence !== undefined;
}
