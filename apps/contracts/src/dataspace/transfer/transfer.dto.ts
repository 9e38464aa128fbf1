import { z } from 'zod';
import { cursorQuery, idSchema, pageOf, text } from '@hetao/runtime';
import type { NotedStep } from './transfer.repository.js';
import { transferFormats } from './transfer-format.js';
import { transferTransitions, type Transfer } from './transfer.js';

const state = z.enum(transferTransitions.states);

export const newTransferDto = z
  .strictObject({
    peer_id: idSchema('per'),
    agreement_id: text(500).describe('The id in the agreement itself, as both sides signed it'),
    format: z.enum(transferFormats),
    push_to: z
      .strictObject({ endpoint: z.url({ protocol: /^https?$/ }).max(1_000), authorization: text(4_000).nullable() })
      .nullable()
      .default(null)
      .describe('Where the provider shall push to; null for a pull'),
  })
  .meta({ id: 'NewTransfer' });
export type NewTransferDto = z.output<typeof newTransferDto>;

export const transferReasonDto = z
  .strictObject({ reason: text(500).nullable().default(null) })
  .meta({ id: 'TransferReason' });
export type TransferReasonDto = z.output<typeof transferReasonDto>;

export const transferDto = z
  .object({
    id: z.string(),
    role: z.enum(['provider', 'consumer']).describe('Our side of it'),
    peer_id: z.string(),
    organisation_id: z.string(),
    agreement_id: z.string(),
    dataset_id: z.string(),
    format: z.string(),
    state,
    pending: z.string().nullable().describe('What we said and the peer has not answered yet'),
    consumer_pid: z.string(),
    provider_pid: z.string().nullable(),
    code: z.string().nullable(),
    reasons: z.array(z.string()),
    requested_at: z.iso.datetime(),
  })
  .meta({ id: 'Transfer' });
export type TransferDto = z.output<typeof transferDto>;

export const transferDetailDto = transferDto
  .extend({
    history: z.array(
      z.object({
        message: z.string(),
        side: z.enum(['provider', 'consumer']),
        event: z.enum(['sent', 'received', 'acknowledged', 'given-up']),
        state_from: z.string().nullable(),
        state_to: z.string(),
        at: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'TransferDetail' });
export type TransferDetailDto = z.output<typeof transferDetailDto>;

export const transferPageDto = pageOf(transferDto).meta({ id: 'TransferPage' });
export const transferQueryDto = cursorQuery;
export type TransferQueryDto = z.output<typeof transferQueryDto>;

export const transferAddressDto = z
  .object({ endpoint: z.string(), authorization: z.string().nullable().describe('Sent as a bearer token') })
  .meta({ id: 'TransferAddress' });
export type TransferAddressDto = z.output<typeof transferAddressDto>;

export const tokenCheckDto = z
  .strictObject({
    token: z.string().min(1).max(500),
    opens: z
      .enum(['delivery', 'sandbox_session'])
      .default('delivery')
      .describe('What it is shown for: a token of one opens nothing of the other'),
  })
  .meta({ id: 'TransferTokenCheck' });
export type TokenCheckDto = z.output<typeof tokenCheckDto>;

export const openTokenDto = z
  .object({
    active: z.boolean(),
    agreement_id: z.string().nullable(),
    organisation_id: z.string().nullable().describe('Whose access it is: that of the organisation the peer stands for'),
    transfer_id: z.string().nullable(),
    purpose: z.string().nullable(),
    expires_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'TransferTokenStanding' });
export type OpenTokenDto = z.output<typeof openTokenDto>;

/** Renders a transfer; secrets stay out. */
export function toTransferDto(transfer: Transfer): TransferDto {
  return {
    id: transfer.id,
    role: transfer.role,
    peer_id: transfer.peerId,
    organisation_id: transfer.organisationId,
    agreement_id: transfer.agreementRef,
    dataset_id: transfer.datasetId,
    format: transfer.format,
    state: transfer.state,
    pending: transfer.pending,
    consumer_pid: transfer.consumerPid,
    provider_pid: transfer.providerPid,
    code: transfer.code,
    reasons: [...transfer.reasons],
    requested_at: transfer.requestedAt.toISOString(),
  };
}

/** Renders a transfer with everything that was said about it. */
export function toTransferDetailDto(transfer: Transfer, steps: readonly NotedStep[]): TransferDetailDto {
  const history = steps.map((step) => ({
    message: step.message,
    side: step.side,
    event: step.event,
    state_from: step.stateFrom,
    state_to: step.stateTo,
    at: step.at.toISOString(),
  }));
  return { ...toTransferDto(transfer), history };
}
