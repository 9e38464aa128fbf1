import { currencies, money } from '@hetao/kernel';
import { moneyDto, toMoneyDto, type MoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import { equationOf, terms, type Term } from './equation.js';
import type { DrilledFigures } from './figures.queries.js';
import type { PeriodReport } from './period.use-cases.js';

const madeOf = {
  count: z.int().describe('How many documents make the amount'),
  ids: z.array(z.string()).describe('Their ids, at most 1000'),
};
const taxedDto = z.object({ amount: moneyDto, net: moneyDto, tax: moneyDto, ...madeOf });
const dividedDto = z.object({
  amount: moneyDto,
  merchants: moneyDto,
  channels: moneyDto,
  fee: moneyDto,
  tax: moneyDto,
  ...madeOf,
});

export const equationDto = z
  .object({
    period: z.string(),
    status: z.enum(['open', 'closed']),
    balanced: z.boolean().describe('True when every currency balances'),
    meters: z.array(
      z.object({
        meter: z.string(),
        usage: z.string().describe('Units counted'),
        rated: z.string().describe('Units charged for'),
        unpriced: z.string().describe('Units no price component covers'),
      }),
    ),
    currencies: z.array(
      z.object({
        currency: z.enum(currencies),
        balanced: z.boolean(),
        usage: taxedDto.describe('Usage rated again now; ids of agreements'),
        rated: taxedDto.describe('Charges kept; ids of charges'),
        invoiced: taxedDto.describe('Ids of invoices'),
        credited: z.object({ net: moneyDto, tax: moneyDto }).describe('What credit notes took back'),
        split: dividedDto.describe('What paid invoices were divided into; ids of invoices'),
        settled: dividedDto.describe('Paid out by the bank, and fee and tax in the ledger; ids of payouts'),
        clearing: z
          .array(z.object({ kind: z.string(), balance: moneyDto }))
          .describe('All zero when everything is settled'),
        differences: z.array(z.object({ left: z.enum(terms), right: z.enum(terms), amount: moneyDto })),
      }),
    ),
  })
  .meta({ id: 'PeriodEquation' });
export type EquationDto = z.output<typeof equationDto>;

export const periodStatusDto = z
  .object({
    period: z.string(),
    status: z.enum(['open', 'closed']),
    time_zone: z.string(),
    starts_at: z.iso.datetime(),
    ends_at: z.iso.datetime(),
    usage_completed_at: z.iso.datetime().nullable(),
    closed_at: z.iso.datetime().nullable(),
    closed_by: z.string().nullable(),
    checklist: z.array(
      z.object({ code: z.string(), ok: z.boolean(), detail: z.string(), fix: z.string(), ids: z.array(z.string()) }),
    ),
  })
  .meta({ id: 'SettlementPeriod' });
export type PeriodStatusDto = z.output<typeof periodStatusDto>;

export function toEquationDto({ period, figures }: PeriodReport): EquationDto {
  const shown = figures.currencies.map(currencyDto);
  return {
    period: period.period,
    status: period.closedAt === null ? 'open' : 'closed',
    balanced: shown.every(({ balanced }) => balanced),
    meters: figures.meters.map(({ meter, usage, rated, unpriced }) => ({
      meter,
      usage: usage.toString(),
      rated: rated.toString(),
      unpriced: unpriced.toString(),
    })),
    currencies: shown,
  };
}

export function toPeriodStatusDto({ period, checklist }: PeriodReport): PeriodStatusDto {
  return {
    period: period.period,
    status: period.closedAt === null ? 'open' : 'closed',
    time_zone: period.timeZone,
    starts_at: period.startsAt.toISOString(),
    ends_at: period.endsAt.toISOString(),
    usage_completed_at: period.usageCompletedAt?.toISOString() ?? null,
    closed_at: period.closedAt?.toISOString() ?? null,
    closed_by: period.closedBy,
    checklist: checklist.map((item) => ({ ...item, ids: [...item.ids] })),
  };
}

function currencyDto(figures: DrilledFigures): EquationDto['currencies'][number] {
  const { currency, madeOf: sources } = figures;
  const { amounts, differences, balanced } = equationOf(figures);
  const amount = (minor: bigint): MoneyDto => toMoneyDto(money(minor, currency));
  const documents = (term: Term) => ({ count: sources[term].count, ids: [...sources[term].ids] });
  const taxed = (term: 'usage' | 'rated' | 'invoiced') => ({
    amount: amount(amounts[term]),
    net: amount(figures[term].net),
    tax: amount(figures[term].tax),
    ...documents(term),
  });
  const divided = (term: 'split' | 'settled') => ({
    amount: amount(amounts[term]),
    merchants: amount(figures[term].merchant),
    channels: amount(figures[term].channel),
    fee: amount(figures[term].fee),
    tax: amount(figures[term].tax),
    ...documents(term),
  });
  return {
    currency,
    balanced,
    usage: taxed('usage'),
    rated: taxed('rated'),
    invoiced: taxed('invoiced'),
    credited: { net: amount(figures.credited.net), tax: amount(figures.credited.tax) },
    split: divided('split'),
    settled: divided('settled'),
    clearing: [...figures.clearing].map(([kind, minor]) => ({ kind, balance: amount(minor) })),
    differences: differences.map(({ left, right, amountMinor }) => ({ left, right, amount: amount(amountMinor) })),
  };
}
