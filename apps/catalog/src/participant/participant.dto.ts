import { z } from 'zod';
import { currencies, jurisdictions } from '@hetao/kernel';
import { cursorQuery, localized, pageOf, reasonDto, text } from '@hetao/runtime';
import type { BankAccount } from './bank-account.js';
import { participantRoles, participantTransitions, type Participant, type Registration } from './participant.js';

const currency = z.enum(currencies);

const bankAccountDto = z.strictObject({
  // ISO 20022 Max140Text: what a bank's file can carry.
  name: text(140).describe('Holder of the account'),
  iban: z.string().max(42).optional().describe('ISO 13616; spaces are allowed'),
  account_number: z.string().max(34).optional().describe('Where the country has no IBAN'),
  bic: z.string().max(11).optional().describe('ISO 9362'),
});

export const registrationDto = z
  .strictObject({
    name: localized(text(200)),
    jurisdiction: z.enum(jurisdictions),
    roles: z.array(z.enum(participantRoles)).min(1).max(participantRoles.length),
    home_currency: currency,
    bank_account: bankAccountDto.nullable().default(null).describe('Needed by merchants and channel partners'),
  })
  .meta({ id: 'ParticipantRegistration' });
export type RegistrationDto = z.output<typeof registrationDto>;

export const suspensionDto = reasonDto.meta({ id: 'ParticipantSuspension' });
export type SuspensionDto = z.output<typeof suspensionDto>;

export const participantQueryDto = cursorQuery.extend({
  status: z.enum(participantTransitions.states).optional(),
  role: z.enum(participantRoles).optional(),
});
export type ParticipantQueryDto = z.output<typeof participantQueryDto>;

export const participantDto = z
  .object({
    id: z.string(),
    name: localized(z.string()),
    jurisdiction: z.enum(jurisdictions),
    roles: z.array(z.enum(participantRoles)),
    home_currency: currency,
    bank_account: z
      .object({
        name: z.string(),
        iban: z.string().optional(),
        account_number: z.string().optional(),
        bic: z.string().optional(),
      })
      .nullable()
      .optional()
      .describe('Shown to the organisation itself and to the exchange'),
    status: z.enum(participantTransitions.states),
    registered_at: z.iso.datetime(),
    approved_at: z.iso.datetime().nullable(),
    suspended_at: z.iso.datetime().nullable(),
    suspension_reason: z.string().nullable(),
  })
  .meta({ id: 'Participant' });
export type ParticipantDto = z.output<typeof participantDto>;

export const participantPageDto = pageOf(participantDto).meta({ id: 'ParticipantPage' });

/** Reads a registration from the wire. */
export function toRegistration(dto: RegistrationDto): Omit<Registration, 'id'> {
  const { home_currency, bank_account, ...rest } = dto;
  return { ...rest, homeCurrency: home_currency, bankAccount: bank_account && toBankAccount(bank_account) };
}

/** Renders a participant; the bank account only where the reader may see it. */
export function toParticipantDto(participant: Participant, showsAccount: boolean): ParticipantDto {
  return {
    id: participant.id,
    name: participant.name,
    jurisdiction: participant.jurisdiction,
    roles: [...participant.roles],
    home_currency: participant.homeCurrency,
    ...(showsAccount ? { bank_account: toAccountDto(participant.bankAccount) } : {}),
    status: participant.status,
    registered_at: participant.registeredAt.toISOString(),
    approved_at: participant.approvedAt?.toISOString() ?? null,
    suspended_at: participant.suspendedAt?.toISOString() ?? null,
    suspension_reason: participant.suspensionReason,
  };
}

function toBankAccount({ account_number, ...account }: z.output<typeof bankAccountDto>): BankAccount {
  return {
    name: account.name,
    ...(account.iban === undefined ? {} : { iban: account.iban }),
    ...(account_number === undefined ? {} : { accountNumber: account_number }),
    ...(account.bic === undefined ? {} : { bic: account.bic }),
  };
}

function toAccountDto(account: BankAccount | null): ParticipantDto['bank_account'] {
  if (account === null) return null;
  const { accountNumber, ...rest } = account;
  return { ...rest, ...(accountNumber === undefined ? {} : { account_number: accountNumber }) };
}
