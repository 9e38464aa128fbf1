import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { ServiceClient } from '../routing/service.client.js';
import { identityErrors, type IdentityError } from './identity.errors.js';

/** Whether an organisation exists. The catalog alone knows, and the gateway alone may ask. */
@Injectable()
export class OrganisationDirectory {
  readonly #config: GatewayConfig;
  readonly #services: ServiceClient;

  constructor(@Inject(SERVICE_CONFIG) config: GatewayConfig, services: ServiceClient) {
    this.#config = config;
    this.#services = services;
  }

  /** The exchange itself is no participant, and needs none to be operated. */
  async require(organisationId: string): Promise<Result<string, IdentityError>> {
    if (organisationId === this.#config.EXCHANGE_ORGANISATION_ID) return ok(organisationId);
    const answer = await this.#services.get('catalog', `/v1/participants/${encodeURIComponent(organisationId)}`);
    if (!answer.ok) return err(identityErrors.ORGANISATION_NOT_CHECKED(answer.error.detail));
    if (answer.value.status === 200) return ok(organisationId);
    if (answer.value.status === 404) {
      const detail = `No participant has the id ${organisationId}.`;
      return err(identityErrors.ORGANISATION_UNKNOWN(detail, { pointer: '/organisation_id' }));
    }
    return err(identityErrors.ORGANISATION_NOT_CHECKED(`catalog answered ${answer.value.status}.`));
  }
}
