import { Decimal } from '@hetao/kernel';
import { cursorQuery, idSchema, pageOf } from '@hetao/runtime';
import { z } from 'zod';
import { dateFormats, type CsvMapping, type StatedBalances } from './csv.mapping.js';
import { minorDigitsOf } from './statement.js';
import { textEncodings } from './statement.text.js';

const column = z.string().min(1).max(100);
const marks = z.array(z.string().min(1).max(20)).min(1).max(10);

const amountsDto = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signed'), amount: column }),
  z.strictObject({ kind: z.literal('marked'), amount: column, mark: column, credit: marks, debit: marks }),
  z.strictObject({ kind: z.literal('split'), credit: column, debit: column }),
]);

const mappingFields = {
  account: z.string().min(1).max(100).describe('The exchange’s own account'),
  currency: z.string().refine((code) => minorDigitsOf(code) !== undefined, 'must be an ISO 4217 code'),
  encoding: z.enum(textEncodings).default('utf-8'),
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  skip: z.int().min(0).max(100).default(0).describe('Lines before the heading'),
  order: z.enum(['oldest_first', 'newest_first']).default('oldest_first'),
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.enum(['', ',', '.', ' ', "'"]).default(''),
  date_format: z.enum(dateFormats).default('YYYY-MM-DD'),
  amounts: amountsDto,
  columns: z.strictObject({
    booking_date: column,
    value_date: column.optional(),
    balance: column.optional().describe('The balance after the line: with it the file proves itself'),
    currency: column.optional(),
    end_to_end_id: column.optional(),
    bank_reference: column.optional(),
    counterparty_name: column.optional(),
    counterparty_account: column.optional(),
    remittance: z.array(column).max(5).default([]),
  }),
};

export const newMappingDto = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,60}$/, 'lower-case letters, digits and dashes'),
    ...mappingFields,
  })
  .refine(({ decimal, thousands }) => decimal !== thousands, { path: ['thousands'], error: 'must differ from decimal' })
  .meta({ id: 'NewCsvMapping' });
export type NewMappingDto = z.output<typeof newMappingDto>;

export const mappingDto = z
  .object({ id: z.string(), name: z.string(), version: z.int(), created_at: z.iso.datetime(), ...mappingFields })
  .meta({ id: 'CsvMapping' });
export type MappingDto = z.output<typeof mappingDto>;

export const mappingPageDto = pageOf(mappingDto).meta({ id: 'CsvMappingPage' });
export const mappingQueryDto = cursorQuery;
export type MappingQueryDto = z.output<typeof mappingQueryDto>;

const decimalText = z.string().refine((text) => Decimal.isDecimal(text), 'must be a decimal such as -12.50');

export const importQueryDto = z.object({
  encoding: z.enum(textEncodings).optional().describe('Of MT940 and MT942; default utf-8'),
  mapping: idSchema('cmp').optional().describe('How to read a CSV file'),
  opening: decimalText.optional().describe('Opening balance of a CSV file without a balance column'),
  closing: decimalText.optional(),
});
export type ImportQueryDto = z.output<typeof importQueryDto>;

/** Answer to a file that is imported later. */
export const acceptedImportDto = z
  .object({ operation_id: z.string(), href: z.string().describe('Where the operation shows how far it has come') })
  .meta({ id: 'AcceptedImport' });
export type AcceptedImportDto = z.output<typeof acceptedImportDto>;

/** The mapping as the parser takes it. */
export function toMapping(mapping: Omit<NewMappingDto, 'name'>): CsvMapping {
  const { account, currency, encoding, delimiter, skip, order, decimal, thousands, amounts, columns } = mapping;
  return {
    ...{ account, currency, encoding, delimiter, skip, order, decimal, thousands, amounts },
    dateFormat: mapping.date_format,
    columns: {
      bookingDate: columns.booking_date,
      valueDate: columns.value_date,
      balance: columns.balance,
      currency: columns.currency,
      endToEndId: columns.end_to_end_id,
      bankReference: columns.bank_reference,
      counterpartyName: columns.counterparty_name,
      counterpartyAccount: columns.counterparty_account,
      remittance: columns.remittance,
    },
  };
}

/** The balances the operator states, in minor units of the mapping's currency; undefined unless both are given. */
export function statedBalances({ opening, closing }: ImportQueryDto, currency: string): StatedBalances | undefined {
  const digits = minorDigitsOf(currency);
  if (opening === undefined || closing === undefined || digits === undefined) return undefined;
  const minor = (text: string): bigint => Decimal.parse(text).toUnits(digits, 'half_up');
  return { openingMinor: minor(opening), closingMinor: minor(closing) };
}
