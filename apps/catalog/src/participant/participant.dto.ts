import { z } from 'zod';
import { currencies, jurisdictions } from '@hetao/kernel';
import { cursorQuery, localized, pageOf, reasonDto, text } from '@hetao/runtime';
import { fromWire, toWire } from '../shared/wire-names.js';
import type { ApplicationChange } from './application.js';
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

const profileDto = z
  .strictObject({
    legal_name: text(300),
    registration_number: text(100),
    address: text(500),
    website: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .nullable()
      .default(null),
    contact: z.strictObject({ name: text(200), email: z.email().max(254), phone: text(40).nullable().default(null) }),
    owners: z
      .array(
        z.strictObject({
          name: text(200),
          share: z.string().regex(/^(100(\.0+)?|[0-9]{1,2}(\.[0-9]{1,4})?)$/, 'must be a percentage'),
        }),
      )
      .max(50)
      .default([])
      .describe('Beneficial owners'),
    statement: text(2000).describe('Where the data comes from, or what data is bought for'),
  })
  .meta({ id: 'OrganisationProfile' });

export const registrationDto = z
  .strictObject({
    onboarding: z
      .enum(['operator', 'self'])
      .default('operator')
      .describe('self: begins a draft that the organisation completes; operator: its papers are held outside'),
    name: localized(text(200)),
    jurisdiction: z.enum(jurisdictions),
    roles: z.array(z.enum(participantRoles)).min(1).max(participantRoles.length),
    home_currency: currency,
    bank_account: bankAccountDto.nullable().default(null).describe('Needed by merchants and channel partners'),
  })
  .meta({ id: 'ParticipantRegistration' });
export type RegistrationDto = z.output<typeof registrationDto>;

export const applicationDto = z
  .strictObject({
    name: localized(text(200)),
    roles: z.array(z.enum(participantRoles)).min(1).max(participantRoles.length),
    home_currency: currency,
    bank_account: bankAccountDto.nullable(),
    profile: profileDto,
  })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must change at least one field')
  .meta({ id: 'ParticipantApplication' });
export type ApplicationDto = z.output<typeof applicationDto>;

export const suspensionDto = reasonDto.meta({ id: 'ParticipantSuspension' });
export type SuspensionDto = z.output<typeof suspensionDto>;

export const participantQueryDto = cursorQuery.extend({
  status: z.enum(participantTransitions.states).optional(),
  role: z.enum(participantRoles).optional(),
  id: z
    .string()
    .regex(/^[\w-]{1,64}(,[\w-]{1,64}){0,99}$/, 'must be up to 100 ids with commas between them')
    .optional()
    .describe('Only these, up to 100 with commas between them; whom you may not see is left out'),
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
    profile: profileDto.nullable().optional().describe('Shown to the organisation itself and to the exchange'),
    status: z.enum(participantTransitions.states),
    revision: z.int().describe('Counts every change; the number in the ETag'),
    certificate: z.object({ number: z.string(), valid_until: z.iso.date() }).nullable(),
    submitted_at: z.iso.datetime().nullable(),
    ended_at: z.iso.datetime().nullable(),
    end_reason: z.string().nullable().optional(),
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
  const { name, jurisdiction, roles, home_currency, bank_account } = dto;
  return {
    name,
    jurisdiction,
    roles,
    homeCurrency: home_currency,
    bankAccount: bank_account && toBankAccount(bank_account),
  };
}

/** What an organisation changes of its application. */
export function toApplicationChange(dto: ApplicationDto): ApplicationChange {
  const { name, roles, home_currency: homeCurrency, bank_account: account, profile } = dto;
  return {
    ...(name === undefined ? {} : { name }),
    ...(roles === undefined ? {} : { roles }),
    ...(homeCurrency === undefined ? {} : { homeCurrency }),
    ...(account === undefined ? {} : { bankAccount: account && toBankAccount(account) }),
    ...(profile === undefined ? {} : { profile: fromWire(profile) }),
  };
}

/** Renders a participant; bank account and profile only for the organisation itself and the exchange. */
export function toParticipantDto(participant: Participant, isInsider: boolean): ParticipantDto {
  return {
    id: participant.id,
    name: participant.name,
    jurisdiction: participant.jurisdiction,
    roles: [...participant.roles],
    home_currency: participant.homeCurrency,
    ...(isInsider ? insiders(participant) : {}),
    status: participant.status,
    revision: participant.revision,
    certificate:
      participant.certificateNumber === null || participant.certificateUntil === null
        ? null
        : { number: participant.certificateNumber, valid_until: participant.certificateUntil },
    submitted_at: participant.submittedAt?.toISOString() ?? null,
    ended_at: participant.endedAt?.toISOString() ?? null,
    registered_at: participant.registeredAt.toISOString(),
    approved_at: participant.approvedAt?.toISOString() ?? null,
    suspended_at: participant.suspendedAt?.toISOString() ?? null,
    suspension_reason: participant.suspensionReason,
  };
}

function insiders({ bankAccount, profile, endReason }: Participant) {
  const told = profile === null ? null : toWire(profile);
  return { bank_account: toAccountDto(bankAccount), profile: told, end_reason: endReason };
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
