import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Jurisdiction, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { HeldRows } from '../database/held-rows.js';
import { prepared, type Prepared } from '../database/prepared.js';
import { requireListed, requireParty, type Party } from '../directory/directory.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import { offerErrors } from '../offer/offer.errors.js';
import { OfferRepository } from '../offer/offer.repository.js';
import type { Offer } from '../offer/offer.js';
import { dueAt, type Negotiation, type NegotiationOutcome, type NegotiationStep } from './negotiation.js';
import { NEGOTIATION_COLUMNS, negotiationFrom, type NegotiationRow } from './negotiation.row.js';

/** An offer and the two who may trade on it now. */
export interface Deal {
  readonly offer: Offer;
  readonly merchant: Party;
  readonly buyer: Party;
  /** Where the data lies: with the merchant, unless the catalog said otherwise. */
  readonly origin: Jurisdiction;
  /** SHA-256 of what the product’s fields were; null where the catalog described none. */
  readonly schemaHash: string | null;
}

/** Loads and saves negotiations, and what a deal about one stands on. */
@Injectable()
export class NegotiationRepository {
  readonly #held = new HeldRows<Negotiation>();
  readonly #offers: OfferRepository;
  readonly #directory: DirectoryRepository;

  constructor(offers: OfferRepository, directory: DirectoryRepository) {
    this.#offers = offers;
    this.#directory = directory;
  }

  /** The negotiation, kept from changing under the caller's feet until the transaction ends. */
  async load(tx: Tx, id: string): Promise<Negotiation | null> {
    return this.#held.of(tx).get(id) ?? this.#read(tx, BY_ID, [id]);
  }

  /** As {@link load}, by the process id we made for it. */
  byOwnPid(tx: Tx, pid: string, peerId: string): Promise<Negotiation | null> {
    return this.#read(tx, BY_OWN_PID, [pid, peerId]);
  }

  /** As {@link load}, by the process id a peer made for what it opened. */
  openedByPeer(tx: Tx, role: 'provider' | 'consumer', pid: string, peerId: string): Promise<Negotiation | null> {
    return this.#read(tx, OPENED_BY_PEER[role], [pid, peerId]);
  }

  /** As {@link load}, of the agreement it led to. */
  async ofAgreement(tx: Tx, agreementId: string): Promise<Negotiation | null> {
    const held = [...this.#held.of(tx).values()].find((one) => one.agreementId === agreementId);
    return held ?? this.#read(tx, OF_AGREEMENT, [agreementId]);
  }

  /** @returns false when the same request, or the same process of the peer, is there already. */
  async insert(tx: Tx, { negotiation, step }: NegotiationOutcome): Promise<boolean> {
    if (step === null) throw new Error(`Negotiation ${negotiation.id} begins with nothing.`);
    // Not a plain INSERT: its unique violation would end the transaction it runs in. One statement: this is a hot path.
    const inserted = await OPEN.count(tx, [
      ...changing(negotiation),
      ...stepped(step, negotiation.offer.number),
      ...[negotiation.role, negotiation.peer?.peerId ?? null, negotiation.peer?.participantId ?? null],
      ...[negotiation.peer?.baseUrl ?? null, negotiation.offerId, negotiation.datasetId, negotiation.merchantId],
      ...[negotiation.requestedAt, negotiation.requestedBy],
    ]);
    if (inserted === 1) this.#held.of(tx).set(negotiation.id, negotiation);
    return inserted === 1;
  }

  /** Writes down what an act did to a negotiation loaded before; nothing when it did nothing. */
  async save(tx: Tx, before: Negotiation, { negotiation, step }: NegotiationOutcome): Promise<void> {
    if (negotiation === before) return;
    this.#held.of(tx).set(negotiation.id, negotiation);
    if (step === null) {
      await CHANGE.count(tx, changing(negotiation));
      return;
    }
    const newOffer = negotiation.offer.number === before.offer.number ? null : negotiation.offer.number;
    await STEP_ON.count(tx, [...changing(negotiation), ...stepped(step, newOffer)]);
  }

  /**
   * The offer and its two parties as they are now, held until the commit: the product still listed, both approved, and
   * the offer not somebody else's. Whether the offer itself still binds is the rule's to say.
   */
  async loadDeal(tx: Tx, offerId: string, buyerId: string): Promise<Result<Deal, DomainError>> {
    const offer = await this.#offers.loadFor(tx, offerId, buyerId);
    if (offer === null) return err(offerErrors.OFFER_UNKNOWN(`There is no offer ${offerId}.`));
    const product = requireListed(await this.#directory.product(tx, offer.productId), offer.productId);
    if (!product.ok) return product;
    const parties = await this.parties(tx, offer.merchantId, buyerId);
    if (!parties.ok) return parties;
    const described = await this.#directory.description(tx, offer.productId);
    const origin = described?.storedIn ?? parties.value.merchant.jurisdiction;
    return ok({ offer, ...parties.value, origin, schemaHash: described?.schemaHash ?? null });
  }

  /** Two organisations that may trade with each other now, held until the commit. */
  async parties(
    tx: Tx,
    merchantId: string,
    buyerId: string,
  ): Promise<Result<Pick<Deal, 'merchant' | 'buyer'>, DomainError>> {
    const known = await this.#directory.parties(tx, [merchantId, buyerId]);
    const merchant = requireParty(known.get(merchantId), merchantId, 'merchant');
    if (!merchant.ok) return merchant;
    const buyer = requireParty(known.get(buyerId), buyerId, 'buyer');
    return buyer.ok ? ok({ merchant: merchant.value, buyer: buyer.value }) : buyer;
  }

  /** An organisation that may trade in this role now. */
  async party(tx: Tx, id: string, role: 'merchant' | 'buyer'): Promise<Result<Party, DomainError>> {
    return requireParty(await this.#directory.party(tx, id), id, role);
  }

  async #read(tx: Tx, by: Prepared<NegotiationRow>, params: string[]): Promise<Negotiation | null> {
    const [row] = await by.rows(tx, params);
    if (row === undefined) return null;
    const negotiation = negotiationFrom(row);
    this.#held.of(tx).set(negotiation.id, negotiation);
    return negotiation;
  }
}

const UPDATE = `UPDATE negotiations SET state = $2, pending = $3, provider_pid = $4, consumer_pid = $5, buyer_id = $6,
  offer = $7, consent = $8, agreement_id = $9, ending = $10, due_at = $11 WHERE id = $1`;
/** A new offer ($12, its number) joins the chain; the step is the statement's own insert. */
const SAID = `offered AS (
    INSERT INTO negotiation_offers (negotiation_id, number, offer)
    SELECT id, $12::integer, $7::jsonb FROM opened WHERE $12::integer IS NOT NULL)
  INSERT INTO negotiation_steps (negotiation_id, event, message, side, state_to, state_from, at)`;
const STEP = '$13::text, $14::text, $15::text, $2::text, $16::text, $17::timestamptz';

const CHANGE = prepared('contracts.negotiation.change', UPDATE);
const STEP_ON = prepared(
  'contracts.negotiation.step',
  `WITH opened AS (${UPDATE} RETURNING id), ${SAID} SELECT id, ${STEP} FROM opened`,
);
const OPEN = prepared(
  'contracts.negotiation.open',
  `WITH opened AS (
     INSERT INTO negotiations (id, state, pending, provider_pid, consumer_pid, buyer_id, offer, consent, agreement_id,
       ending, due_at, role, peer_id, peer_participant, peer_base, offer_id, dataset_id, merchant_id, requested_at,
       requested_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $18, $19, $20, $21, $22, $23, $24, $25, $26)
     ON CONFLICT DO NOTHING RETURNING id),
   ${SAID} SELECT id, ${STEP} FROM opened`,
);

const held = (by: string, condition: string): Prepared<NegotiationRow> =>
  prepared(
    `contracts.negotiation.${by}`,
    `SELECT ${NEGOTIATION_COLUMNS} FROM negotiations WHERE ${condition} FOR UPDATE`,
  );
const BY_ID = held('by-id', 'id = $1');
const BY_OWN_PID = held(
  'by-own-pid',
  `peer_id = $2 AND ((role = 'provider' AND provider_pid = $1) OR (role = 'consumer' AND consumer_pid = $1))`,
);
const OPENED_BY_PEER = {
  provider: held(
    'opened-by-consumer',
    `peer_id = $2 AND role = 'provider' AND requested_by IS NULL AND consumer_pid = $1`,
  ),
  consumer: held(
    'opened-by-provider',
    `peer_id = $2 AND role = 'consumer' AND requested_by IS NULL AND provider_pid = $1`,
  ),
} as const;
const OF_AGREEMENT = held('of-agreement', 'agreement_id = $1');

/** $1 to $11: what changes in the life of a negotiation. */
function changing(negotiation: Negotiation): unknown[] {
  return [
    ...[negotiation.id, negotiation.state, negotiation.pending, negotiation.providerPid, negotiation.consumerPid],
    ...[negotiation.buyerId, JSON.stringify(negotiation.offer), json(negotiation.consent), negotiation.agreementId],
    ...[json(negotiation.end), dueAt(negotiation)],
  ];
}

/** $12 to $17: the line of the history, and the number of the offer that came with it. */
function stepped({ event, message, side, from, at }: NegotiationStep, offerNumber: number | null): unknown[] {
  return [offerNumber, event, message, side, from, at];
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
