import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@hetao/kernel';
import { DSP_CONTEXT } from '../src/dataspace/wire/context.js';
import { checkToken, operator, type Exchange, type WireAnswer } from './dataspace-pair.js';

/** What a scripted peer was sent. */
export interface Heard {
  readonly path: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** How a scripted peer answers; `null` never does. */
export type Manner = (heard: Heard, count: number) => { status: number; body?: string; afterMs?: number } | null;

/** A peer the spec plays by hand: it proves itself by a header, says what it is told to, and answers as it likes. */
export interface ScriptedPeer {
  readonly id: string;
  readonly participantId: string;
  readonly url: string;
  /** What it proves itself by. */
  readonly authorization: string;
  readonly heard: readonly Heard[];
  answers(manner: Manner): void;
  /** Sends a message to the exchange; the context is put in where the message has none. */
  says(method: string, path: string, message?: object): Promise<WireAnswer>;
  stop(): Promise<void>;
}

const taken: Manner = () => ({ status: 200, body: '' });

/** Enters a peer with a server of its own at this exchange. */
export async function scriptedPeer(exchange: Exchange, organisationId = exchange.theirs): Promise<ScriptedPeer> {
  const heard: Heard[] = [];
  let manner = taken;
  const server = await listening((request, response) => {
    void textOf(request).then((text) => {
      const item = { path: request.url ?? '', message: (text === '' ? {} : JSON.parse(text)) as Heard['message'] };
      heard.push(item);
      const answer = manner(item, heard.length);
      if (answer === null) return;
      setTimeout(() => response.writeHead(answer.status).end(answer.body ?? ''), answer.afterMs ?? 0);
    });
  });
  const url = urlOf(server);
  const [sends, expects] = [newId('ours'), newId('theirs')];
  const participantId = `did:web:${newId('peer')}.example`;
  const entered = await exchange.send(operator, 'PUT', '/v1/dataspace/peers', {
    participant_id: participantId,
    organisation_id: organisationId,
    base_url: url,
    auth: { mode: 'static', sends, expects },
  });
  return {
    id: entered.body.id,
    participantId,
    url,
    authorization: expects,
    heard,
    answers: (next) => {
      manner = next;
    },
    says: (method, path, message) =>
      exchange.speak(method, path, message && { '@context': [DSP_CONTEXT], ...message }, expects),
    stop: () => closed(server),
  };
}

/** A server on the loopback, for a spec that plays somebody outside. */
export async function listening(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The delivery of an exchange, as short as it can be: it asks contracts what a token opens, and gives the bytes. */
export function openDoor(exchange: () => Exchange, bytes: string): Promise<Server> {
  return listening((request, response) => {
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    void checkToken(exchange(), token)
      .then(({ body }) => {
        const open = body['active'] === true && request.url === `/${String(body['agreement_id'])}/`;
        response.writeHead(open ? 200 : 403, { 'content-type': 'text/csv' }).end(open ? bytes : '');
      })
      .catch(() => response.destroy());
  });
}

/** A finalized agreement with a peer that no negotiation led to. */
export async function seedAgreement(
  exchange: Exchange,
  agreement: { readonly ref: string; readonly peerId: string; readonly role: 'provider' | 'consumer' },
): Promise<void> {
  await exchange.sql(
    `INSERT INTO peer_agreements (peer_id, agreement_ref, role, dataset_id, assigner, assignee, agreement, state, at)
     VALUES ($1, $2, $3, 'urn:ds:formulas', 'did:web:a', 'did:web:b', $4, 'finalized', now())`,
    [agreement.peerId, agreement.ref, agreement.role, JSON.stringify({ permission: [{ action: 'use' }] })],
  );
}

/** A listed product with one open offer, ids as given; `buyerId` makes the offer private. */
export async function seedOffer(
  exchange: Exchange,
  offer: {
    readonly id: string;
    readonly productId: string;
    readonly title?: string;
    readonly kind?: string;
    readonly buyerId?: string;
    readonly merchantId?: string;
    readonly validUntil?: string;
    readonly status?: 'published' | 'withdrawn';
  },
): Promise<void> {
  const { id, productId, title = productId, kind = 'dataset', buyerId = null, merchantId = exchange.ours } = offer;
  const name = JSON.stringify({ en: title, 'zh-Hans': `${title}简`, 'zh-Hant': `${title}繁` });
  await exchange.sql(
    `INSERT INTO directory_products (id, merchant_id, listed, changed_at, name, kind, version, listing_as_of)
     VALUES ($1, $2, true, now(), $3, $4, 2, now()) ON CONFLICT (id) DO NOTHING`,
    [productId, merchantId, name, kind],
  );
  await exchange.sql(
    `INSERT INTO offers (id, product_id, product_version, merchant_id, plan, policy, valid_until, term_from, term_until,
       status, published_at, withdrawn_at, buyer_id)
     VALUES ($1, $2, 2, $3, $4, $5, $6, now(), now() + interval '1 year', $7, now(),
       CASE $7 WHEN 'withdrawn' THEN now() END, $8)`,
    [
      ...[id, productId, merchantId, JSON.stringify(PLAN), JSON.stringify(POLICY)],
      ...[offer.validUntil ?? '2100-01-01T00:00:00Z', offer.status ?? 'published', buyerId],
    ],
  );
}

const POLICY = { purposes: ['research'], placesOfUse: ['HK'], onwardUse: false, retentionDays: null };
const PLAN = {
  currency: 'CNY',
  components: [{ kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.05', per: '1' }],
  fee: { exchangeBps: 500, channelBps: 0 },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
};
