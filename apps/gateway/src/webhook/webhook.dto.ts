import { cursorQuery, idSchema, pageOf, text } from '@hetao/runtime';
import { z } from 'zod';
import { publishedTypes } from './published-events.register.js';
import type { WebhookEndpoint } from './webhook.js';

const type = z.enum(publishedTypes as [string, ...string[]]).meta({ id: 'WebhookType' });

const endpointDraft = {
  url: text(2000).describe('https address on the public internet; redirects are not followed'),
  description: text(200).default('Webhooks'),
  types: z.array(type).max(100).default([]).describe('Empty: every type, also those to come'),
};
export const newWebhookEndpointDto = z
  .strictObject({
    ...endpointDraft,
    signature: z
      .enum(['hmac', 'ed25519'])
      .default('hmac')
      .describe('hmac: a shared secret (v1); ed25519: a key pair whose public half you may hand on (v1a)'),
  })
  .meta({ id: 'NewWebhookEndpoint' });
export const webhookEndpointChangeDto = z.strictObject(endpointDraft).meta({ id: 'WebhookEndpointChange' });

const endpoint = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  types: z.array(z.string()),
  signature: z.enum(['hmac', 'ed25519']),
  public_key: z.string().nullable(),
  status: z.enum(['enabled', 'disabled']),
  disabled_at: z.iso.datetime().nullable(),
  disabled_reason: z
    .enum(['gone', 'failing', 'by_owner'])
    .nullable()
    .describe('gone: it answered 410; failing: it took nothing for five days'),
  failing_since: z.iso.datetime().nullable(),
  rolls_until: z.iso.datetime().nullable().describe('Until then messages are signed by the secret before as well'),
  created_at: z.iso.datetime(),
});
export const webhookEndpointDto = endpoint.meta({ id: 'WebhookEndpoint' });
export const webhookEndpointListDto = z.object({ data: z.array(webhookEndpointDto) }).meta({ id: 'WebhookEndpoints' });
export const webhookSecretDto = endpoint
  .extend({ secret: z.string().describe('Shown this once') })
  .meta({ id: 'WebhookEndpointWithSecret' });
export type WebhookEndpointDto = z.output<typeof webhookEndpointDto>;

export const webhookReplayDto = z
  .strictObject({
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    types: z.array(type).max(100).default([]).describe('Empty: every type the endpoint asks for'),
  })
  .refine(({ from, until }) => from < until, { path: ['until'], message: 'must be after from' })
  .meta({ id: 'WebhookReplay' });
export const replayedDto = z.object({ replayed: z.int() }).meta({ id: 'WebhooksReplayed' });
export const sentDto = z.object({ delivery_id: z.string() }).meta({ id: 'WebhookSent' });

export const webhookDeliveryQueryDto = cursorQuery.extend({
  endpoint_id: idSchema('whe').optional(),
  state: z.enum(['waiting', 'delivered', 'abandoned']).optional(),
  type: type.optional(),
});
export type WebhookDeliveryQuery = z.output<typeof webhookDeliveryQueryDto>;

const summary = z.object({
  id: z.string(),
  endpoint_id: z.string(),
  message_id: z.string().describe('What receivers see as webhook-id'),
  type: z.string(),
  state: z.enum(['waiting', 'delivered', 'abandoned']),
  attempts: z.int(),
  last_status: z.int().nullable(),
  last_fault: z.string().nullable(),
  next_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
  replay_of: z.string().nullable(),
});
export const webhookDeliveryDto = summary.meta({ id: 'WebhookDelivery' });
export const webhookDeliveryPageDto = pageOf(webhookDeliveryDto).meta({ id: 'WebhookDeliveryPage' });
export const webhookDeliveryDetailDto = summary
  .extend({
    body: z.string().describe('Exactly what was signed and sent'),
    tries: z.array(
      z.object({
        attempt: z.int(),
        at: z.iso.datetime(),
        duration_ms: z.int(),
        status: z.int().nullable(),
        fault: z.string().nullable(),
        answer: z.string().nullable().describe('The beginning of what the receiver said'),
      }),
    ),
  })
  .meta({ id: 'WebhookDeliveryDetail' });
export type WebhookDeliveryDto = z.output<typeof webhookDeliveryDto>;
export type WebhookDeliveryDetailDto = z.output<typeof webhookDeliveryDetailDto>;

/** Renders an endpoint without what signs its messages. */
export function toEndpointDto(of: WebhookEndpoint): WebhookEndpointDto {
  return {
    id: of.id,
    url: of.url,
    description: of.description,
    types: [...of.types],
    signature: of.signature,
    public_key: of.publicKey,
    status: of.disabledAt === null ? 'enabled' : 'disabled',
    disabled_at: of.disabledAt?.toISOString() ?? null,
    disabled_reason: of.disabledReason,
    failing_since: of.failingSince?.toISOString() ?? null,
    rolls_until: of.rollsUntil?.toISOString() ?? null,
    created_at: of.createdAt.toISOString(),
  };
}
