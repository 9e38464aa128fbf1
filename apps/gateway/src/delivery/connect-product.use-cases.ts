import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { Actor } from '../audit/audit.js';
import { AuditTrail } from '../audit/audit.repository.js';
import type { GatewayConfig } from '../gateway.config.js';
import { sealText } from '../gateway.secrets.js';
import { deliveryErrors, type DeliveryError } from './delivery.errors.js';
import { checkEndpoint, type Endpoint } from './endpoint.js';
import { houseAddress } from './house.js';

/** Lets a merchant say where he serves a product, and with which secret the exchange comes. */
@Injectable()
export class ConnectProduct {
  readonly #uow: UnitOfWork;
  readonly #audit: AuditTrail;
  readonly #config: GatewayConfig;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    audit: AuditTrail,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#audit = audit;
    this.#config = config;
    this.#clock = clock;
  }

  execute(
    productId: string,
    draft: { readonly url: string; readonly secret: { readonly header: string; readonly value: string } | null },
    actor: Actor,
  ): Promise<Result<Endpoint, DeliveryError>> {
    const { organisationId: merchantId } = actor;
    return this.#uow.runResult(async (tx) => {
      const [product] = await tx.query<{ merchant_id: string }>(
        'SELECT merchant_id FROM delivery_products WHERE product_id = $1',
        [productId],
      );
      if (product?.merchant_id !== merchantId) return notYours(productId);
      const secretHeader = draft.secret?.header.toLowerCase() ?? null;
      const { DELIVERY_PRIVATE_UPSTREAMS: plainHttpAllowed, PUBLIC_URL } = this.#config;
      const rules = { plainHttpAllowed, house: houseAddress(PUBLIC_URL) };
      const url = checkEndpoint({ url: draft.url, secretHeader }, rules);
      if (!url.ok) return url;
      const sealed =
        draft.secret && (await sealText('upstream-secrets', this.#config.SESSION_SECRET, draft.secret.value));
      const endpoint = { productId, merchantId, url: url.value, secretHeader, updatedAt: this.#clock.now() };
      await tx.execute(
        `INSERT INTO delivery_endpoints (product_id, merchant_id, url, secret_header, secret_sealed, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (product_id) DO UPDATE SET url = excluded.url,
           secret_header = excluded.secret_header, secret_sealed = excluded.secret_sealed,
           updated_at = excluded.updated_at`,
        [productId, merchantId, endpoint.url, secretHeader, sealed, endpoint.updatedAt],
      );
      const detail = { url: url.value, secret_header: secretHeader ?? '' };
      const about = { object: productId, organisationId: merchantId, result: 'done', detail } as const;
      await this.#audit.note(tx, { actor, action: 'delivery_endpoint.connected', ...about });
      return ok(endpoint);
    });
  }
}

/** As if it were not there: whose it is, is nobody else's business. */
export function notYours(productId: string): Result<never, DeliveryError> {
  return err(deliveryErrors.DELIVERY_PRODUCT_NOT_YOURS(`There is no ${productId} of yours.`));
}
