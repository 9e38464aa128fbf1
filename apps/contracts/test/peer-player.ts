import { expect } from '@jest/globals';
import { newUuid } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import type { NegotiationMessage, NegotiationState } from '../src/negotiation/negotiation-protocol.js';
import type { Exchange, WireAnswer } from './dataspace-pair.js';
import type { Heard, ScriptedPeer } from './dataspace-peers.js';
import { answer, ask, buyerOf, merchantOf, reply, RULES, type OnSale } from './trading-pair.js';

/** Which side the exchange under test is. */
export type Role = 'provider' | 'consumer';

/** A negotiation with a scripted peer. */
export interface Played {
  readonly role: Role;
  /** Its id at the exchange. */
  readonly id: string;
  /** By which the exchange knows it on the wire. */
  readonly pid: string;
  readonly providerPid: string;
  readonly consumerPid: string;
}

export const urn = (): string => `urn:uuid:${newUuid()}`;

const ends: Readonly<Record<NegotiationMessage, string>> = {
  request: 'request',
  offer: 'offers',
  accepted: 'events',
  agreement: 'agreement',
  verification: 'agreement/verification',
  finalized: 'events',
  termination: 'termination',
};
const types: Readonly<Record<NegotiationMessage, string>> = {
  request: 'ContractRequestMessage',
  offer: 'ContractOfferMessage',
  accepted: 'ContractNegotiationEventMessage',
  agreement: 'ContractAgreementMessage',
  verification: 'ContractAgreementVerificationMessage',
  finalized: 'ContractNegotiationEventMessage',
  termination: 'ContractNegotiationTerminationMessage',
};

/** Plays the other side of negotiations, message by message. */
export class PeerPlayer {
  readonly exchange: Exchange;
  readonly peer: ScriptedPeer;
  readonly sale: OnSale;

  constructor(exchange: Exchange, peer: ScriptedPeer, sale: OnSale) {
    this.exchange = exchange;
    this.peer = peer;
    this.sale = sale;
    this.takes();
  }

  /** The peer takes everything; messages of one kind it may be too busy for. */
  takes(busyFor = 'nothing'): void {
    this.peer.answers(({ message }) => {
      if (message['eventType'] === busyFor || message['@type'] === busyFor) return { status: 503 };
      const pids = {
        consumerPid: message['consumerPid'],
        providerPid: message['providerPid'] ?? `their-${String(message['consumerPid'])}`,
      };
      return { status: 200, body: JSON.stringify({ '@type': 'ContractNegotiation', ...pids, state: 'REQUESTED' }) };
    });
  }

  /** A message of the peer, complete, with an `@id` nobody has seen. */
  message(message: NegotiationMessage, { providerPid, consumerPid }: Pick<Played, 'providerPid' | 'consumerPid'>) {
    const { offerId, productId } = this.sale;
    const target = `urn:hetao:product:${productId}`;
    const offer = { '@id': `urn:hetao:offer:${offerId}`, '@type': 'Offer', target, ...RULES };
    const agreement = {
      ...{ ...offer, '@id': urn(), '@type': 'Agreement' },
      assigner: this.participantId,
      assignee: this.exchange.participantId,
      timestamp: new Date().toISOString(),
    };
    return {
      '@id': urn(),
      '@type': types[message],
      providerPid,
      consumerPid,
      ...(message === 'request' || message === 'offer' ? { offer } : {}),
      ...(message === 'agreement' ? { agreement } : {}),
      ...(message === 'accepted' ? { eventType: 'ACCEPTED' } : {}),
      ...(message === 'finalized' ? { eventType: 'FINALIZED' } : {}),
      ...(message === 'termination' ? { code: 'X', reason: ['no need'] } : {}),
    };
  }

  get participantId(): string {
    return this.peer.participantId;
  }

  pathOf(message: NegotiationMessage, pid: string): string {
    return `/negotiations/${pid}/${ends[message]}`;
  }

  says(message: NegotiationMessage, played: Played, change: object = {}): Promise<WireAnswer> {
    return this.peer.says('POST', this.pathOf(message, played.pid), { ...this.message(message, played), ...change });
  }

  /** The opening request of a consumer. */
  opening(change: object = {}) {
    const message = this.message('request', { providerPid: '', consumerPid: urn() });
    return { ...message, providerPid: undefined, callbackAddress: this.peer.url, ...change };
  }

  async state(played: Played): Promise<string> {
    return (await this.peer.says('GET', `/negotiations/${played.pid}`)).body.state;
  }

  /** Everything the exchange has of it, to be compared. */
  async record(played: Played): Promise<object> {
    const [row] = await this.exchange.sql<object>(
      `SELECT n.*, (SELECT count(*) FROM negotiation_steps s WHERE s.negotiation_id = n.id) AS steps,
         (SELECT count(*) FROM negotiation_offers o WHERE o.negotiation_id = n.id) AS offers
       FROM negotiations n WHERE id = $1`,
      [played.id],
    );
    return row ?? {};
  }

  /** A negotiation that has come this far, with every step over HTTP. */
  reach(role: Role, state: NegotiationState): Promise<Played> {
    return role === 'provider' ? this.#reachAsProvider(state) : this.#reachAsConsumer(state);
  }

  async #reachAsProvider(state: NegotiationState): Promise<Played> {
    this.takes(state === 'VERIFIED' ? 'FINALIZED' : 'nothing');
    const { body } = await this.peer.says('POST', '/negotiations/request', this.opening());
    const { providerPid, consumerPid } = body;
    const [row] = await this.exchange.sql<{ id: string }>('SELECT id FROM negotiations WHERE provider_pid = $1', [
      providerPid,
    ]);
    const played: Played = { role: 'provider', id: row?.id ?? '', pid: providerPid, providerPid, consumerPid };
    const merchant = (command: string, json?: object) => answer(this.exchange, played.id, command, json);
    if (state === 'OFFERED' || state === 'ACCEPTED') {
      await merchant('counter-offer', { quota: { meter: 'calls', limit: '5' } });
      await this.#until(played, 'OFFERED');
      if (state === 'ACCEPTED') await this.says('accepted', played);
    }
    if (state === 'AGREED' || state === 'VERIFIED' || state === 'FINALIZED') {
      await merchant('agree');
      await this.#until(played, 'AGREED');
      if (state !== 'AGREED') await this.says('verification', played);
    }
    if (state === 'TERMINATED') await this.says('termination', played);
    await this.#until(played, state);
    return played;
  }

  async #reachAsConsumer(state: NegotiationState): Promise<Played> {
    this.takes();
    const asked = await ask(this.exchange, this.sale, { peer_id: this.peer.id });
    const consumerPid = String(asked['consumer_pid']);
    const providerPid = `their-${consumerPid}`;
    const played: Played = { role: 'consumer', id: asked.id, pid: consumerPid, providerPid, consumerPid };
    await this.#acknowledged(played);
    if (state === 'OFFERED' || state === 'ACCEPTED') {
      await this.says('offer', played);
      if (state === 'ACCEPTED') await reply(this.exchange, played.id, 'accept', {});
    }
    if (state === 'AGREED' || state === 'VERIFIED' || state === 'FINALIZED') {
      await this.says('agreement', played);
      if (state !== 'AGREED') await reply(this.exchange, played.id, 'verify');
      if (state === 'FINALIZED') {
        await this.#until(played, 'VERIFIED');
        await this.says('finalized', played);
      }
    }
    if (state === 'TERMINATED') await this.says('termination', played);
    await this.#until(played, state);
    return played;
  }

  #until(played: Played, state: NegotiationState): Promise<void> {
    return eventually(async () => expect(await this.state(played)).toBe(state));
  }

  /** The peer's answer to the opening message was taken in. */
  #acknowledged(played: Played): Promise<void> {
    return eventually(async () => expect(await this.record(played)).toMatchObject({ pending: null }));
  }

  /** What the peer was sent in this negotiation. */
  heard(played: Played): readonly Heard[] {
    return this.peer.heard.filter(({ message }) => message['consumerPid'] === played.consumerPid);
  }

  /** Who acts at the exchange. */
  get people() {
    return { merchant: merchantOf(this.exchange), buyer: buyerOf(this.exchange) };
  }
}
