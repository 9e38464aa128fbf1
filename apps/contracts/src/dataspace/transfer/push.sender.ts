import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { request, type Agent } from 'undici';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { guardedAgent, PrivateAddressError, traceHeaders } from '@hetao/runtime';
import type { Attempt } from '../outbound/delivery-rules.js';
import { OutboundMessages } from '../outbound/outbound-messages.js';
import { checkAddress } from '../peer/peer.js';
import { TransferConduct, type TransferOrder } from './transfer-conduct.js';
import { TransferRecords } from './transfer-records.js';
import { transferFrom, type StoredTransfer } from './transfer.repository.js';
import { flows } from './transfer.js';

/** A push of a whole dataset may take a while; this long, and it is begun anew. */
const TOTAL_MS = 15 * 60_000;
const SILENCE_MS = 30_000;

/**
 * Pushes data to consumers: fetched the way a consumer would fetch it, with a token of this transfer, so licence, release
 * and metering are those of every delivery; and streamed to the address the consumer gave. Then the transfer is complete.
 */
@Injectable()
export class PushSender implements OnApplicationShutdown {
  readonly #uow: UnitOfWork;
  readonly #records: TransferRecords;
  readonly #conduct: TransferConduct;
  readonly #agent: Agent;

  constructor(uow: UnitOfWork, records: TransferRecords, conduct: TransferConduct, outbound: OutboundMessages) {
    this.#uow = uow;
    this.#records = records;
    this.#conduct = conduct;
    const { privateAllowed } = records.addresses;
    this.#agent = guardedAgent({
      privateAllowed,
      connectMs: 2_000,
      headersMs: SILENCE_MS,
      silenceMs: SILENCE_MS,
      connections: 16,
    });
    outbound.listen('push', {
      lock: async (tx, id) => void (await records.transfers.lock(tx, id)),
      delivered: (tx, { processId }) => this.#order(tx, processId, { command: 'complete' }),
      givenUp: (tx, { processId }, why) =>
        this.#order(tx, processId, { command: 'terminate', code: 'PUSH_FAILED', reasons: [why] }),
      send: ({ processId }, signal) => this.#push(processId, signal),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#agent.destroy();
  }

  async #push(id: string, stop: AbortSignal): Promise<Attempt> {
    const pull = await this.#address(id);
    if (pull === null) return { kind: 'forbidden', fault: 'The transfer does not flow any more' };
    const signal = AbortSignal.any([stop, AbortSignal.timeout(TOTAL_MS)]);
    try {
      const headers = { ...traceHeaders(), authorization: `Bearer ${pull.token}` };
      const source = await request(pull.endpoint, { headers, signal });
      if (source.statusCode !== 200) {
        await source.body.dump();
        return { kind: 'unreachable', fault: `The data could not be read: our delivery answered ${source.statusCode}` };
      }
      return await this.#post(pull.transfer, source, signal);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      if (cause instanceof PrivateAddressError) return { kind: 'forbidden', fault: cause.message };
      const reason = cause instanceof Error ? cause.message : 'unknown reason';
      return { kind: 'unreachable', fault: `The push broke off (${reason})` };
    }
  }

  async #post(
    { pushEndpoint, pushSecretSealed }: StoredTransfer,
    source: { readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly body: Readable },
    signal: AbortSignal,
  ): Promise<Attempt> {
    const { addresses } = this.#records;
    const endpoint = checkAddress(pushEndpoint ?? '', addresses.privateAllowed);
    if (!endpoint.ok) return { kind: 'forbidden', fault: endpoint.error.detail };
    const secret = pushSecretSealed === null ? null : await addresses.open(pushSecretSealed);
    const answer = await request(endpoint.value, {
      method: 'POST',
      body: source.body,
      dispatcher: this.#agent,
      signal,
      headers: {
        'content-type': String(source.headers['content-type'] ?? 'application/octet-stream'),
        ...(secret === null ? {} : { authorization: secret.includes(' ') ? secret : `Bearer ${secret}` }),
      },
    });
    await answer.body.dump();
    return { kind: 'answered', status: answer.statusCode, body: undefined };
  }

  /** A fresh token for this attempt; null when nothing may flow. */
  #address(id: string) {
    return this.#uow.run(async (tx) => {
      const transfer = await this.#records.transfers.lock(tx, id);
      if (transfer === undefined || !flows(transfer)) return null;
      const {
        endpoint,
        token,
        tokenHash: hash,
        lifetimeS,
      } = this.#records.addresses.issue(transfer.agreementRef, 'delivery');
      await this.#records.transfers.save(tx, transfer, { token: { hash, lifetimeS } });
      return { transfer, endpoint, token };
    });
  }

  async #order(tx: Tx, id: string, order: TransferOrder): Promise<void> {
    const stored = await this.#records.transfers.lock(tx, id);
    // Refused where the other side ended it meanwhile: then there is nothing left to say.
    if (stored !== undefined) await this.#conduct.order(tx, transferFrom(stored), order);
  }
}
