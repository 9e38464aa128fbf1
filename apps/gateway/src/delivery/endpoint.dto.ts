import { text } from '@hetao/runtime';
import { z } from 'zod';
import type { Endpoint } from './endpoint.js';

export const endpointDraftDto = z
  .strictObject({
    url: text(2000).describe('https address; the path a buyer calls is put behind it'),
    secret: z
      .strictObject({ header: text(64), value: text(4000) })
      .nullable()
      .default(null)
      .describe('What the exchange shows there; kept sealed and never read back'),
  })
  .meta({ id: 'DeliveryEndpointDraft' });
export type EndpointDraftDto = z.output<typeof endpointDraftDto>;

export const endpointDto = z
  .object({
    product_id: z.string(),
    url: z.string(),
    secret_header: z.string().nullable().describe('Name only; the value is never read back'),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'DeliveryEndpoint' });
export type EndpointDto = z.output<typeof endpointDto>;

/** Renders an address without its secret. */
export function toEndpointDto({ productId, url, secretHeader, updatedAt }: Endpoint): EndpointDto {
  return { product_id: productId, url, secret_header: secretHeader, updated_at: updatedAt.toISOString() };
}
