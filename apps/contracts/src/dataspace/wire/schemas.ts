import { z } from 'zod';
import { DSP_CONTEXT } from './context.js';
import { agreement, catalogOffer, messageOffer } from './policy.schemas.js';

/**
 * The official JSON Schemas of 2025-1, strict: what we send. Unknown properties are allowed everywhere, as they are
 * there; lists have an item or are left out.
 */
const id = z.string().min(1);
const url = z.url({ protocol: /^https?$/ });
const frame = <T extends string>(type: T) => ({
  '@context': z.array(z.string()).refine((urls) => urls.includes(DSP_CONTEXT), `must name ${DSP_CONTEXT}`),
  '@type': z.literal(type),
});
const pids = { providerPid: id, consumerPid: id };
const why = { code: z.string().optional(), reason: z.array(z.unknown()).min(1).optional() };

const exactlyOne =
  (...names: readonly [string, string]) =>
  (message: Readonly<Record<string, unknown>>) =>
    names.filter((name) => message[name] !== undefined).length === 1;

const dataService = z.looseObject({
  '@id': id,
  '@type': z.literal('DataService'),
  endpointURL: url,
  endpointDescription: z.string().optional(),
});
const distribution = z.looseObject({
  '@type': z.literal('Distribution').optional(),
  format: id,
  accessService: z.union([id, dataService]),
  hasPolicy: z.array(catalogOffer).min(1).optional(),
});
const dataset = z.looseObject({
  '@id': id,
  '@type': z.literal('Dataset').optional(),
  hasPolicy: z.array(catalogOffer).min(1),
  distribution: z.array(distribution).min(1),
});

const endpointProperty = z.looseObject({ '@type': z.literal('EndpointProperty'), name: id, value: z.string() });
const dataAddress = z.looseObject({
  '@type': z.literal('DataAddress'),
  endpointType: id,
  endpoint: z.string().optional(),
  endpointProperties: z.array(endpointProperty).min(1).optional(),
});

const negotiationState = z.enum(['REQUESTED', 'OFFERED', 'ACCEPTED', 'AGREED', 'VERIFIED', 'FINALIZED', 'TERMINATED']);
const transferState = z.enum(['REQUESTED', 'STARTED', 'SUSPENDED', 'COMPLETED', 'TERMINATED']);

/** By `@type`. */
export const sentSchemas = {
  CatalogRequestMessage: z.looseObject({ ...frame('CatalogRequestMessage'), filter: z.array(z.unknown()).optional() }),
  Catalog: z.looseObject({
    ...frame('Catalog'),
    '@id': id,
    participantId: id,
    service: z.array(dataService).min(1).optional(),
    dataset: z.array(dataset).min(1).optional(),
    catalog: z
      .array(z.looseObject({ '@id': id, '@type': z.literal('Catalog') }))
      .min(1)
      .optional(),
    hasPolicy: z.never().optional(),
  }),
  Dataset: dataset.extend(frame('Dataset')),
  CatalogError: z.looseObject({
    ...frame('CatalogError'),
    code: z.string().optional(),
    reason: z.array(z.unknown()).optional(),
  }),
  ContractRequestMessage: z
    .looseObject({
      ...frame('ContractRequestMessage'),
      consumerPid: id,
      providerPid: id.optional(),
      callbackAddress: url.optional(),
      offer: messageOffer,
    })
    .refine(exactlyOne('callbackAddress', 'providerPid'), 'opens with callbackAddress, or goes on with providerPid'),
  ContractOfferMessage: z
    .looseObject({
      ...frame('ContractOfferMessage'),
      providerPid: id,
      consumerPid: id.optional(),
      callbackAddress: url.optional(),
      offer: messageOffer,
    })
    .refine(exactlyOne('callbackAddress', 'consumerPid'), 'opens with callbackAddress, or goes on with consumerPid'),
  ContractAgreementMessage: z.looseObject({ ...frame('ContractAgreementMessage'), ...pids, agreement }),
  ContractAgreementVerificationMessage: z.looseObject({ ...frame('ContractAgreementVerificationMessage'), ...pids }),
  ContractNegotiationEventMessage: z.looseObject({
    ...frame('ContractNegotiationEventMessage'),
    ...pids,
    eventType: z.enum(['ACCEPTED', 'FINALIZED']),
  }),
  ContractNegotiationTerminationMessage: z.looseObject({
    ...frame('ContractNegotiationTerminationMessage'),
    ...pids,
    ...why,
  }),
  ContractNegotiation: z.looseObject({ ...frame('ContractNegotiation'), ...pids, state: negotiationState }),
  ContractNegotiationError: z.looseObject({ ...frame('ContractNegotiationError'), ...pids, ...why }),
  TransferRequestMessage: z.looseObject({
    ...frame('TransferRequestMessage'),
    consumerPid: id,
    agreementId: id,
    format: id,
    callbackAddress: url,
    dataAddress: dataAddress.optional(),
  }),
  TransferStartMessage: z.looseObject({
    ...frame('TransferStartMessage'),
    ...pids,
    dataAddress: dataAddress.optional(),
  }),
  TransferSuspensionMessage: z.looseObject({ ...frame('TransferSuspensionMessage'), ...pids, ...why }),
  TransferCompletionMessage: z.looseObject({ ...frame('TransferCompletionMessage'), ...pids }),
  TransferTerminationMessage: z.looseObject({ ...frame('TransferTerminationMessage'), ...pids, ...why }),
  TransferProcess: z.looseObject({ ...frame('TransferProcess'), ...pids, state: transferState }),
  TransferError: z.looseObject({ ...frame('TransferError'), ...pids, ...why }),
} as const;

/** The version file: no context, plain JSON. */
export const versionFile = z.strictObject({
  protocolVersions: z
    .array(
      z.strictObject({
        version: id,
        path: z.string().startsWith('/'),
        binding: z.literal('HTTPS'),
        serviceId: id.optional(),
        identifierType: id.optional(),
        auth: z.strictObject({ protocol: id, version: id, profile: z.array(id).optional() }).optional(),
      }),
    )
    .min(1),
});
