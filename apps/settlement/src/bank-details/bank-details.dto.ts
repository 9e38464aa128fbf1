import { cursorQuery, idSchema, pageOf, text } from '@hetao/runtime';
import { z } from 'zod';
import type { BankAccount } from '../agreement/agreement.js';
import type { BankDetails } from './bank-details.store.js';

export const bankAccountDto = z
  .strictObject({
    name: text(140),
    iban: z
      .string()
      .regex(/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/, 'must be an IBAN without blanks')
      .optional(),
    account_number: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,34}$/)
      .optional(),
    bic: z
      .string()
      .regex(/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'must be a BIC')
      .optional(),
  })
  .refine(
    ({ iban, account_number: number }) => (iban === undefined) !== (number === undefined),
    'give iban or account_number',
  )
  .refine(({ iban }) => iban === undefined || checksOut(iban), { path: ['iban'], error: 'its check digits are wrong' })
  .meta({ id: 'BankAccountDetails' });
export type BankAccountDto = z.output<typeof bankAccountDto>;

export const proposalDto = z
  .strictObject({
    participant_id: idSchema('par')
      .optional()
      .describe('Operators name the party; others propose for their own organisation'),
    account: bankAccountDto,
  })
  .meta({ id: 'BankDetailsProposal' });
export type ProposalDto = z.output<typeof proposalDto>;

export const bankDetailsDto = z
  .object({
    id: z.string(),
    participant_id: z.string(),
    account: z.object({
      name: z.string(),
      iban: z.string().nullable(),
      account_number: z.string().nullable(),
      bic: z.string().nullable(),
    }),
    status: z.enum(['proposed', 'approved', 'refused']),
    proposed_by: z.string(),
    proposed_at: z.iso.datetime(),
    decided_by: z.string().nullable(),
    decided_at: z.iso.datetime().nullable(),
    effective_from: z.iso.datetime().nullable().describe('Until then the party is not paid'),
  })
  .meta({ id: 'BankDetails' });
export type BankDetailsDto = z.output<typeof bankDetailsDto>;
export const bankDetailsPageDto = pageOf(bankDetailsDto).meta({ id: 'BankDetailsPage' });

export const bankDetailsQueryDto = cursorQuery.extend({ participant_id: idSchema('par').optional() });
export type BankDetailsQueryDto = z.output<typeof bankDetailsQueryDto>;

export function toBankDetailsDto(details: BankDetails): BankDetailsDto {
  const { name, iban, accountNumber, bic } = details.account;
  return {
    id: details.detailsId,
    participant_id: details.participantId,
    account: { name, iban: iban ?? null, account_number: accountNumber ?? null, bic: bic ?? null },
    status: details.state,
    proposed_by: details.proposedBy,
    proposed_at: details.proposedAt.toISOString(),
    decided_by: details.decidedBy,
    decided_at: details.decidedAt?.toISOString() ?? null,
    effective_from: details.effectiveFrom?.toISOString() ?? null,
  };
}

/** As the rest of settlement keeps it. */
export function toBankAccount({ name, iban, account_number: accountNumber, bic }: BankAccountDto): BankAccount {
  return {
    name,
    ...(iban === undefined ? {} : { iban }),
    ...(accountNumber === undefined ? {} : { accountNumber }),
    ...(bic === undefined ? {} : { bic }),
  };
}

/** ISO 13616: the letters as numbers, the first four signs at the end, modulo 97. */
function checksOut(iban: string): boolean {
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}
