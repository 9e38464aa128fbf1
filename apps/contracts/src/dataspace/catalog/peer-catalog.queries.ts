import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { PeerClient } from '../outbound/peer.client.js';
import { PeerDirectory } from '../peer/peer.directory.js';
import { peerErrors } from '../peer/peer.errors.js';
import { isSameOrigin } from '../peer/peer.js';
import { wire } from '../wire/context.js';
import { isLoose, listOf, propertyOf, textOf, type Loose } from '../wire/read.js';
import { validateSent } from '../wire/validate-sent.js';

/** A catalog may be large; more than this is not read. */
const MAX_BYTES = 32 * 1024 * 1024;
const NAMESPACE = 'https://w3id.org/edc/v0.0.1/ns/';

/** What a peer offers us: its datasets as it sent them, and where the next page is. */
export interface PeerCatalog {
  readonly participantId: string | null;
  readonly datasets: readonly Loose[];
  readonly next: string | null;
}

/** What is wanted of a peer's catalog; each is the peer's to understand. */
export interface PeerCatalogQuery {
  readonly dataset: string | null;
  readonly title: string | null;
  readonly limit: number;
  /** Where an earlier page said the next one begins. */
  readonly next: string | null;
}

/** Asks peers what they offer. */
@Injectable()
export class PeerCatalogQueries {
  readonly #client: PeerClient;
  readonly #peers: PeerDirectory;

  constructor(client: PeerClient, peers: PeerDirectory) {
    this.#client = client;
    this.#peers = peers;
  }

  /** @returns PEER_UNKNOWN, PEER_ADDRESS_INVALID for a link that leads away from the peer, or PEER_WITHOUT_ANSWER. */
  async ask(peerId: string, query: PeerCatalogQuery): Promise<Result<PeerCatalog, DomainError>> {
    const peer = await this.#peers.byId(peerId);
    if (peer?.status !== 'active') return err(peerErrors.PEER_UNKNOWN(`There is no peer ${peerId} to ask.`));
    const url = query.next ?? `${peer.baseUrl}/catalog/request`;
    if (!isSameOrigin(url, peer.baseUrl)) {
      return err(peerErrors.PEER_ADDRESS_INVALID('The next page is not at the peer.', { pointer: '/next' }));
    }
    const message = validateSent(wire('CatalogRequestMessage', { filter: [querySpec(query)] }));
    const attempt = await this.#client.call(peer, { method: 'POST', url, message, maxBytes: MAX_BYTES });
    if (attempt.kind !== 'answered') return err(peerErrors.PEER_WITHOUT_ANSWER(attempt.fault));
    if (attempt.status !== 200 || !isLoose(attempt.body)) {
      return err(peerErrors.PEER_WITHOUT_ANSWER(`The peer answered ${attempt.status} instead of a catalog.`));
    }
    const { body, link = '' } = attempt;
    return ok({
      participantId: textOf(propertyOf(body, 'participantId')) ?? null,
      datasets: listOf(propertyOf(body, 'dataset')).filter(isLoose),
      next: nextIn(link),
    });
  }
}

/** The filter connectors of other makes understand as well. */
function querySpec({ dataset, title, limit }: PeerCatalogQuery): object {
  const criterion = (operandLeft: string, operator: string, operandRight: string) => ({
    '@type': 'Criterion',
    operandLeft,
    operator,
    operandRight,
  });
  const filterExpression = [
    ...(dataset === null ? [] : [criterion(`${NAMESPACE}id`, '=', dataset)]),
    ...(title === null ? [] : [criterion('http://purl.org/dc/terms/title', 'ilike', `%${title}%`)]),
  ];
  return { '@type': 'QuerySpec', offset: 0, limit, ...(filterExpression.length === 0 ? {} : { filterExpression }) };
}

/** The target of rel="next" (RFC 8288), in one header or several. */
function nextIn(link: string): string | null {
  return /<([^>]{1,4000})>\s*;[^,]*\brel="?next\b/.exec(link)?.[1] ?? null;
}
