import { moneyDto } from '@hetao/runtime';
import { z } from 'zod';

/** For a path: what can be no line number answers 404. */
export const lineParam = { schema: z.coerce.number().int().min(1).max(32_767) };

const adjustedTotals = z.array(z.object({ meter: z.string(), quantity: z.string(), events: z.int() }));

export const explanationDto = z
  .object({
    invoice_id: z.string(),
    line_no: z.int(),
    kind: z.enum(['charge', 'tax']),
    amount: moneyDto,
    exact_amount: z.string().describe('Major units before the one rounding; 12 places when it has no end'),
    steps: z.array(z.string()).describe('How the amount came about: enough to do it again by hand'),
    rule_version: z.string(),
    component: z.unknown().describe('Component of the signed plan, as it stands in the agreement; null for tax'),
    agreement: z.object({ id: z.string(), document_hash: z.string() }),
    usage: z
      .object({
        meter: z.string(),
        quantity: z.string(),
        events: z.int(),
        usage_period_id: z.string(),
        windows: z.int().describe('Closed windows the quantity is the sum of'),
        windows_url: z.string().describe('Where they are listed, down to the single event'),
      })
      .nullable()
      .describe('What was counted; null for lines without a meter'),
    tax: z
      .object({
        base: moneyDto,
        rate_bps: z.int(),
        category: z.string(),
        rate_id: z.string().nullable(),
        source: z.string().nullable().describe('The law the rate stands in'),
      })
      .nullable(),
    adjustment: z
      .object({
        id: z.string(),
        correction_id: z.string(),
        cause: z.string(),
        reason: z.string(),
        original_period: z.string(),
        original_usage_period_id: z.string(),
        original_charge_id: z.string(),
        original_invoice: z
          .object({ id: z.string(), number: z.string() })
          .nullable()
          .describe('Null while the month has none'),
        before: adjustedTotals,
        after: adjustedTotals,
      })
      .nullable()
      .describe('The corrected month this line charges the difference of; null for all other lines'),
    recomputed: z
      .object({ amount: moneyDto, agrees: z.boolean() })
      .describe('The same rule over the same usage, worked out again for this answer'),
  })
  .meta({ id: 'LineExplanation' });
export type ExplanationDto = z.output<typeof explanationDto>;
