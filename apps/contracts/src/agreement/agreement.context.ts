import { Clearance, isInForce } from '@hetao/clearance';
import { Injectable } from '@nestjs/common';
import { ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { impedimentOf, requireParty } from '../directory/directory.js';
import type { DirectoryError } from '../directory/directory.errors.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import type { Agreement } from './agreement.js';
import { AgreementRepository } from './agreement.repository.js';
import type { Setting } from './agreement-successor.js';
import type { Circumstances } from './agreement-time.js';

/** What an agreement stands on that others say: customs' releases, who may trade, where the data lies. */
@Injectable()
export class AgreementContext {
  readonly #clearance: Clearance;
  readonly #directory: DirectoryRepository;
  readonly #agreements: AgreementRepository;

  constructor(clearance: Clearance, directory: DirectoryRepository, agreements: AgreementRepository) {
    this.#clearance = clearance;
    this.#directory = directory;
    this.#agreements = agreements;
  }

  /** What decides whether it may come into force, or must rest, at this instant. */
  async circumstances(tx: Tx, agreement: Agreement, at: Date): Promise<Circumstances> {
    const { id, merchantId, buyerId, supersedes, release } = agreement;
    const releases = release === null ? [] : ((await this.#clearance.standings(tx.client, [id])).get(id) ?? []);
    const before = supersedes && (await this.#agreements.statusOf(tx, supersedes.agreementId));
    const parties = await this.#directory.parties(tx, [merchantId, buyerId]);
    return {
      released: releases.some((one) => isInForce(one, at)),
      impediment: impedimentOf(parties.get(merchantId)) ?? impedimentOf(parties.get(buyerId)),
      predecessorHeld: before === 'suspended',
    };
  }

  /** Both sides as they are now, held until the commit; each must still be approved in its role. */
  async setting(tx: Tx, { merchantId, buyerId, productId }: Agreement): Promise<Result<Setting, DirectoryError>> {
    const merchant = requireParty(await this.#directory.party(tx, merchantId), merchantId, 'merchant');
    if (!merchant.ok) return merchant;
    const buyer = requireParty(await this.#directory.party(tx, buyerId), buyerId, 'buyer');
    if (!buyer.ok) return buyer;
    const place = await this.#directory.description(tx, productId);
    const origin = place?.storedIn ?? merchant.value.jurisdiction;
    return ok({
      merchant: merchant.value,
      buyer: buyer.value,
      origin,
      schemaHash: place?.schemaHash ?? null,
    });
  }
}
