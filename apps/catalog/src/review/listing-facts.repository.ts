import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { CatalogConfig } from '../catalog.config.js';
import type { Product } from '../product/product.js';
import { exchangeDay } from '../shared/exchange-day.js';
import type { CheckFacts } from './check-facts.js';

/** Reads what the automatic checks need to know beside the product. */
@Injectable()
export class ListingFacts {
  readonly #config: CatalogConfig;

  constructor(@Inject(SERVICE_CONFIG) config: CatalogConfig) {
    this.#config = config;
  }

  async of(tx: Tx, { merchantId, card }: Product, at: { getTime(): number }): Promise<CheckFacts> {
    const issuers = card?.documents.map(({ issuerId }) => issuerId) ?? [];
    const named = [...issuers, card?.registrationCertificate?.registrarId ?? null].filter((id) => id !== null);
    const rows = await tx.query<{ id: string; status: string; roles: string[]; until: string | null }>(
      `SELECT id, status, roles, certificate_until AS until FROM participants WHERE id = $1 OR id = ANY ($2)`,
      [merchantId, named],
    );
    const approved = rows.filter(({ status }) => status === 'approved');
    return {
      today: exchangeDay(at),
      merchantCertificateUntil: rows.find(({ id }) => id === merchantId)?.until ?? null,
      basicListings: this.#config.BASIC_LISTINGS,
      bodies: new Map(approved.map(({ id, roles }) => [id, roles])),
    };
  }
}
