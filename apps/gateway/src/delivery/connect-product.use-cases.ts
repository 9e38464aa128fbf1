import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { sealText } from '../gateway.secrets.js';
import { deliveryErrors, type DeliveryError } from './delivery.errors.js';
import { DeliveryRepository } from './delivery.repository.js';
import { checkEndpoint, type Endpoint } from './endpoint.js';

/** Lets a merchant say where he serves a product, and with which secret the exchange comes. */
@Injectable()
export class ConnectProduct {
  readonly #uow: UnitOfWork;
  readonly #deliveries: DeliveryRepository;
  readonly #config: GatewayConfig;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    deliveries: DeliveryRepository,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#deliveries = deliveries;
    this.#config = config;
    this.#clock = clock;
  }

  execute(
    productId: string,
    draft: { readonly url: string; readonly secret: { readonly header: string; readonly value: string } | null },
    merchantId: string,
  ): Promise<Result<Endpoint, DeliveryError>> {
    return this.#uow.runResult(async (tx) => {
      const [product] = await tx.query<{ merchant_id: string }>(
        'SELECT merchant_id FROM delivery_products WHERE product_id = $1',
        [productId],
      );
      if (product?.merchant_id !== merchantId) return unknown(productId);
      const secretHeader = draft.secret?.header.toLowerCase() ?? null;
      const url = checkEndpoint({ url: draft.url, secretHeader }, this.#config.DELIVERY_PRIVATE_UPSTREAMS);
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
      return ok(endpoint);
    });
  }

  async get(productId: string, merchantId: string): Promise<Result<Endpoint, DeliveryError>> {
    const endpoint = await this.#deliveries.endpoint(productId);
    return endpoint?.merchantId === merchantId ? ok(endpoint) : unknown(productId);
  }
}

function unknown(productId: string): Result<never, DeliveryError> {
  return err(deliveryErrors.DELIVERY_PRODUCT_NOT_YOURS(`There is no ${productId} of yours.`));
}
