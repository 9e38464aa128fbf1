import { money, type Currency } from '@hetao/kernel';
import { cursorQuery, idSchema, moneyDto, pageOf, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import { periodParam } from '../period/period.dto.js';

export const chargeQueryDto = cursorQuery.extend({
  period: periodParam.optional(),
  agreement_id: idSchema('agr').optional(),
});
export type ChargeQueryDto = z.output<typeof chargeQueryDto>;

export const chargeDto = z
  .object({
    id: z.string(),
    agreement_id: z.string(),
    period: z.string(),
    merchant_id: z.string(),
    buyer_id: z.string(),
    component_id: z.string().describe('Component of the agreement’s price plan'),
    kind: z.string().describe('Of the component; `adjustment` for what a corrected earlier month costs more or less'),
    meter: z.string().nullable(),
    quantity: z.string().describe('Exact decimal'),
    unit: z.string(),
    exact_amount: z.string().describe('Exact decimal in major units, before the one rounding'),
    amount: moneyDto,
    steps: z.array(z.string()).describe('How the amount came about'),
    rule_version: z.string(),
    adjustment_id: z.string().nullable().describe('The correction of a closed month that this charges for'),
    original_charge_id: z.string().nullable().describe('The charge of the corrected month that this adds to'),
    rated_at: z.iso.datetime(),
  })
  .meta({ id: 'Charge' });
export type ChargeDto = z.output<typeof chargeDto>;

export const chargePageDto = pageOf(chargeDto).meta({ id: 'ChargePage' });

/** A charge as pg returns it. */
export interface StoredCharge {
  readonly charge_id: string;
  readonly agreement_id: string;
  readonly period: string;
  readonly merchant_id: string;
  readonly buyer_id: string;
  readonly line_no: number;
  readonly component_id: string;
  readonly kind: string;
  readonly meter: string | null;
  readonly quantity: string;
  readonly unit: string;
  readonly exact_amount: string;
  readonly amount_minor: string;
  readonly currency: Currency;
  readonly steps: string[];
  readonly rule_version: string;
  readonly adjustment_id: string | null;
  readonly original_charge_id: string | null;
  readonly rated_at: Date;
}

export function toChargeDto(row: StoredCharge): ChargeDto {
  return {
    id: row.charge_id,
    agreement_id: row.agreement_id,
    period: row.period,
    merchant_id: row.merchant_id,
    buyer_id: row.buyer_id,
    component_id: row.component_id,
    kind: row.kind,
    meter: row.meter,
    quantity: row.quantity,
    unit: row.unit,
    exact_amount: row.exact_amount,
    amount: toMoneyDto(money(BigInt(row.amount_minor), row.currency)),
    steps: row.steps,
    rule_version: row.rule_version,
    adjustment_id: row.adjustment_id,
    original_charge_id: row.original_charge_id,
    rated_at: row.rated_at.toISOString(),
  };
}
