import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { z } from 'zod';
import { ServiceClient, systemMeter } from '../routing/service.client.js';
import { deliveryErrors } from './delivery.errors.js';

/** Whose call it is, and what for where the token says so. */
export interface Bearer {
  readonly organisationId: string;
  readonly purpose: string | null;
}

/** What is read of contracts' answer. */
const standing = z.object({
  active: z.boolean(),
  agreement_id: z.string().nullable(),
  organisation_id: z.string().nullable(),
  purpose: z.string().nullable(),
});

const TOKEN = /^Bearer +(hxt_\S{1,200})$/i;

/**
 * Peers of the dataspace come with a token of a transfer instead of a name. Contracts is asked for every call, so a
 * transfer that was suspended opens nothing from that moment on.
 */
@Injectable()
export class TransferTokens {
  readonly #services: ServiceClient;

  constructor(services: ServiceClient) {
    this.#services = services;
  }

  /** @returns DELIVERY_TOKEN_REFUSED for every token that does not open this agreement now; nothing tells why. */
  async bearer(authorization: string | undefined, agreementId: string): Promise<Result<Bearer, DomainError>> {
    const token = TOKEN.exec(authorization ?? '')?.[1];
    if (token === undefined) return refused();
    const question = { json: { token }, mediaType: 'application/json' };
    const answer = await this.#services.post('contracts', '/v1/dataspace/token-checks', question, systemMeter);
    if (!answer.ok) return answer;
    const read = standing.safeParse(answer.value.body);
    if (!read.success || answer.value.status !== 200) return refused();
    const { active, agreement_id: opened, organisation_id: organisationId, purpose } = read.data;
    return active && opened === agreementId && organisationId !== null ? ok({ organisationId, purpose }) : refused();
  }
}

function refused(): Result<never, DomainError> {
  return err(deliveryErrors.DELIVERY_TOKEN_REFUSED('It is not known, has ended, or belongs to another agreement.'));
}
