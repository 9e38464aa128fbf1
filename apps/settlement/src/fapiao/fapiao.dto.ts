import { money } from '@hetao/kernel';
import { cursorQuery, idSchema, moneyDto, pageOf, text, toMoneyDto } from '@hetao/runtime';
import { z } from 'zod';
import { fapiaoTransitions, type Fapiao, type FapiaoEvidence, type FapiaoNews, type FapiaoState } from './fapiao.js';

const states = fapiaoTransitions.states as [FapiaoState, ...FapiaoState[]];
const number = z
  .string()
  .regex(/^[0-9]{8,20}$/)
  .describe('As the tax platform gave it');
const taxpayerNo = z
  .string()
  .regex(/^[0-9A-Z]{15,20}$/)
  .describe('Unified social credit code or taxpayer number');
const evidence = {
  number,
  evidence_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the file the platform gave'),
  date: z.iso.date(),
};

export const newFapiaoDto = z
  .strictObject({
    invoice_id: idSchema('inv'),
    kind: z.enum(['special', 'ordinary']),
    title: text(200).describe('Name of the buyer on the fapiao'),
    taxpayer_no: taxpayerNo.optional(),
    amount: z
      .string()
      .max(40)
      .regex(/^(0|[1-9][0-9]*)(\.[0-9]{1,2})?$/)
      .optional()
      .describe('With tax; all that has none yet if left out'),
  })
  .refine(({ kind, taxpayer_no }) => kind === 'ordinary' || taxpayer_no !== undefined, {
    path: ['taxpayer_no'],
    message: 'is needed on a special VAT fapiao',
  })
  .meta({ id: 'NewFapiao' });
export type NewFapiaoDto = z.output<typeof newFapiaoDto>;

export const fapiaoNewsDto = z
  .discriminatedUnion('status', [
    z.strictObject({ status: z.literal('issued'), ...evidence }),
    z.strictObject({ status: z.literal('failed'), reason: text(500) }),
    z.strictObject({ status: z.literal('red_requested') }),
    z.strictObject({ status: z.literal('red_flushed'), ...evidence }),
  ])
  .meta({ id: 'FapiaoNews' });
export type FapiaoNewsDto = z.output<typeof fapiaoNewsDto>;

const evidenceDto = z.object(evidence).nullable();

export const fapiaoDto = z
  .object({
    id: z.string(),
    invoice_id: z.string(),
    kind: z.enum(['special', 'ordinary']),
    title: z.string(),
    taxpayer_no: z.string().nullable(),
    amount: moneyDto,
    status: z.enum(states),
    issued: evidenceDto,
    red: evidenceDto.describe('The red-letter fapiao that took it back'),
    failure: z.string().nullable(),
    requested_at: z.iso.datetime(),
  })
  .meta({ id: 'Fapiao' });
export type FapiaoDto = z.output<typeof fapiaoDto>;

export const fapiaoQueryDto = cursorQuery.extend({
  invoice_id: idSchema('inv').optional(),
  status: z.enum(states).optional(),
});
export type FapiaoQueryDto = z.output<typeof fapiaoQueryDto>;
export const fapiaoPageDto = pageOf(fapiaoDto).meta({ id: 'FapiaoPage' });

export function newsOf(body: FapiaoNewsDto): FapiaoNews {
  switch (body.status) {
    case 'failed':
      return { command: 'fail', reason: body.reason };
    case 'red_requested':
      return { command: 'request_red' };
    case 'issued':
      return { command: 'issue', evidence: evidenceOf(body) };
    case 'red_flushed':
      return { command: 'flush_red', evidence: evidenceOf(body) };
  }
}

function evidenceOf(body: { number: string; evidence_sha256: string; date: string }): FapiaoEvidence {
  return { number: body.number, evidenceHash: body.evidence_sha256, date: body.date };
}

export function toFapiaoDto(fapiao: Fapiao): FapiaoDto {
  const shown = (of: FapiaoEvidence | null) =>
    of === null ? null : { number: of.number, evidence_sha256: of.evidenceHash, date: of.date };
  return {
    id: fapiao.fapiaoId,
    invoice_id: fapiao.invoiceId,
    kind: fapiao.kind,
    title: fapiao.title,
    taxpayer_no: fapiao.taxpayerNo,
    amount: toMoneyDto(money(fapiao.amountMinor, 'CNY')),
    status: fapiao.state,
    issued: shown(fapiao.issued),
    red: shown(fapiao.red),
    failure: fapiao.failure,
    requested_at: fapiao.requestedAt.toISOString(),
  };
}
