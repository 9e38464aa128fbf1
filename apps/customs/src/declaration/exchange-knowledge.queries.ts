import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { CounterRepository } from '../counter/counter.repository.js';
import type { KnownAgreement, KnownPersons } from './completeness.js';
import type { Declaration } from './declaration.js';

/** What the exchange itself knows about a declared transfer, whatever its exporter says. */
@Injectable()
export class ExchangeKnowledge {
  readonly #counters: CounterRepository;

  constructor(counters: CounterRepository) {
    this.#counters = counters;
  }

  /** Distinct persons of the exporter's year, over every channel. */
  async persons(tx: Tx, { exporterId, year }: Declaration): Promise<KnownPersons> {
    const { general, sensitive } = await this.#counters.totals(tx, exporterId, year);
    return { general: general.total, sensitive: sensitive.total };
  }

  /** What contracts said of the agreement; null where it names none, or one customs has not heard of. */
  async agreement(tx: Tx, { form: { agreementId } }: Declaration): Promise<KnownAgreement | null> {
    if (agreementId === null) return null;
    const rows = await tx.query<KnownAgreement>(
      `SELECT merchant_id AS "merchantId", product_id AS "productId", content->>'buyerId' AS "buyerId"
       FROM crossing_agreements WHERE agreement_id = $1`,
      [agreementId],
    );
    return rows[0] ?? null;
  }
}
