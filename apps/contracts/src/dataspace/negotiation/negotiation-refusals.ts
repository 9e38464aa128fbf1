import { DomainException, type DomainError, type Result } from '@hetao/kernel';
import type { Negotiation } from '../../negotiation/negotiation.js';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import { pidsOf } from './negotiation-messages.js';

/** What our rules call it, in the words of the protocol; what is not here is a matter of the policy or the offer. */
const wireErrors: Readonly<Record<string, keyof typeof dataspaceErrors>> = {
  REQUEST_TRANSITION_REFUSED: 'DSP_INVALID_STATE',
  REQUEST_EXPIRED: 'DSP_INVALID_STATE',
  NEGOTIATION_OFFERS_EXHAUSTED: 'DSP_INVALID_STATE',
  NEGOTIATION_WRONG_SIDE: 'DSP_WRONG_ROLE',
  NEGOTIATION_PIDS_DIFFER: 'DSP_BAD_MESSAGE',
  NEGOTIATION_OFFER_FOREIGN: 'DSP_UNKNOWN_OFFER',
  OFFER_UNKNOWN: 'DSP_UNKNOWN_OFFER',
  OFFER_EXPIRED: 'DSP_UNKNOWN_OFFER',
  OFFER_WITHDRAWN: 'DSP_UNKNOWN_OFFER',
  PRODUCT_NOT_ON_SALE: 'DSP_UNKNOWN_OFFER',
  PRODUCT_NOT_KNOWN_YET: 'DSP_UNKNOWN_OFFER',
};

/** A refusal as a peer is told: one of the protocol's codes, the sentence of our rule, and the ids of the process. */
export function wireRefusal(
  error: DomainError,
  process?: Pick<Negotiation, 'providerPid' | 'consumerPid'>,
): DataspaceError {
  const meta = process === undefined ? {} : { meta: pidsOf(process) };
  const pointer = error.pointer === undefined ? {} : { pointer: error.pointer };
  if (error.code in dataspaceErrors) {
    return dataspaceErrors[error.code as keyof typeof dataspaceErrors](error.detail, { ...pointer, ...meta });
  }
  const code = wireErrors[error.code] ?? 'DSP_POLICY_REJECTED';
  return dataspaceErrors[code](error.detail, { ...pointer, ...meta });
}

/** Ids a message named although it was refused, as far as they can be read. */
export function namedPids(body: unknown): Pick<Negotiation, 'providerPid' | 'consumerPid'> {
  const named = (name: string) => {
    const value = (body as Readonly<Record<string, unknown>> | null | undefined)?.[name];
    return typeof value === 'string' && value !== '' && value.length <= 2_000 ? value : null;
  };
  return { providerPid: named('providerPid'), consumerPid: named('consumerPid') };
}

/** The value, or the refusal thrown for the protocol's error object. */
export function unwrapForPeer<T>(
  result: Result<T, DomainError>,
  process?: Pick<Negotiation, 'providerPid' | 'consumerPid'>,
): T {
  if (result.ok) return result.value;
  if (process === undefined || result.error.meta?.['providerPid'] !== undefined)
    throw new DomainException(result.error);
  throw new DomainException(wireRefusal(result.error, process));
}
