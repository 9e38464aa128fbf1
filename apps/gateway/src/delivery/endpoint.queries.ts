import { Injectable } from '@nestjs/common';
import { ok, type Result } from '@hetao/kernel';
import { notYours } from './connect-product.use-cases.js';
import type { DeliveryError } from './delivery.errors.js';
import { DeliveryRepository } from './delivery.repository.js';
import type { Endpoint } from './endpoint.js';

/** Reads where a merchant serves his products. */
@Injectable()
export class EndpointQueries {
  readonly #deliveries: DeliveryRepository;

  constructor(deliveries: DeliveryRepository) {
    this.#deliveries = deliveries;
  }

  async get(productId: string, merchantId: string): Promise<Result<Endpoint, DeliveryError>> {
    const endpoint = await this.#deliveries.endpoint(productId);
    return endpoint?.merchantId === merchantId ? ok(endpoint) : notYours(productId);
  }
}
