import { currencies, money, type Currency } from '@hetao/kernel';
import { cursorQuery, moneyDto, pageOf, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import { periodParam } from '../period/period.dto.js';
import type { RateImport } from './fx.repository.js';

const currency = z.enum(currencies as [Currency, ...Currency[]]);

export const rateImportDto = z
  .object({
    id: z.string(),
    file_hash: z.string().describe('SHA-256 of the file; the same file again is the same import'),
    format: z.enum(['ecb', 'csv']),
    source: z.string(),
    rates: z.int(),
    imported_at: z.iso.datetime(),
  })
  .meta({ id: 'RateImport' });
export type RateImportDto = z.output<typeof rateImportDto>;

export function toRateImportDto(of: RateImport): RateImportDto {
  return {
    id: of.importId,
    file_hash: of.fileHash,
    format: of.format,
    source: of.source,
    rates: of.rates,
    imported_at: of.importedAt.toISOString(),
  };
}

export const rateQueryDto = cursorQuery.extend({
  base: currency.optional(),
  quote: currency.optional(),
  date: z.iso.date().optional().describe('Only rates that hold on this day'),
});
export type RateQueryDto = z.output<typeof rateQueryDto>;

export const rateDto = z
  .object({
    id: z.string().describe('Named by every document that uses it'),
    base: currency,
    quote: currency,
    rate: z.string().describe('Units of quote for one of base, exact decimal'),
    inverse: z.string().describe('Units of base for one of quote, as quoted; not derived'),
    side: z.enum(['bid', 'ask', 'mid']),
    source: z.string(),
    quoted_on: z.iso.date(),
    valid_until: z.iso.date().describe('First day it holds no more'),
  })
  .meta({ id: 'ExchangeRate' });
export type RateDto = z.output<typeof rateDto>;
export const ratePageDto = pageOf(rateDto).meta({ id: 'ExchangeRatePage' });

export const gainQueryDto = cursorQuery.extend({
  period: periodParam.optional(),
  kind: z.enum(['realised', 'unrealised']).optional(),
});
export type GainQueryDto = z.output<typeof gainQueryDto>;

export const gainDto = z
  .object({
    id: z.string(),
    kind: z.enum(['realised', 'unrealised']),
    document_id: z.string().describe('The payment, the open invoice, or trading:<currency>'),
    period: z.string(),
    exposure: moneyDto.describe('What the exchange itself held of it: its fee and taxes, or its trading position'),
    from_snapshot: z.string().nullable(),
    to_snapshot: z.string(),
    gain: moneyDto.describe('Below zero for a loss'),
  })
  .meta({ id: 'FxGain' });
export type GainDto = z.output<typeof gainDto>;
export const gainPageDto = pageOf(gainDto).meta({ id: 'FxGainPage' });

/** A gain as pg returns it. */
export interface StoredGain {
  readonly gain_id: string;
  readonly kind: 'realised' | 'unrealised';
  readonly document_id: string;
  readonly period: string;
  readonly currency: Currency;
  readonly exposure_minor: string;
  readonly from_snapshot: string | null;
  readonly to_snapshot: string;
  readonly functional_currency: Currency;
  readonly gain_minor: string;
}

export function toGainDto(row: StoredGain): GainDto {
  return {
    id: row.gain_id,
    kind: row.kind,
    document_id: row.document_id,
    period: row.period,
    exposure: toMoneyDto(money(BigInt(row.exposure_minor), row.currency)),
    from_snapshot: row.from_snapshot,
    to_snapshot: row.to_snapshot,
    gain: toMoneyDto(money(BigInt(row.gain_minor), row.functional_currency)),
  };
}
