import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { CLOCK } from '@hetao/runtime';
import { Deliver, type MerchantAnswer } from '../delivery/deliver.use-cases.js';
import type { Permit } from '../delivery/delivery.js';
import { DeliveryRepository } from '../delivery/delivery.repository.js';
import { PermitDelivery } from '../delivery/permit.use-cases.js';
import type { DeliveredFile } from './manifest.js';
import { manifestErrors, type ManifestError } from './manifest.errors.js';
import { PieceHasher } from './piece.hasher.js';

/** Below what the route's handler is given. */
const LONGEST_READ_MS = 60_000;

/** Which file, for whom, and where the wish came from. */
export interface FileWish {
  readonly agreementId: string;
  readonly organisationId: string;
  /** Path and query behind the agreement; checked (see checkTarget). */
  readonly path: string;
  readonly purpose: string | null;
  readonly address: string;
  readonly requestId: string;
}

/** Reads a file of a merchant's service as its recipient would, and keeps nothing of it but its hashes. */
@Injectable()
export class LicensedFileReader {
  readonly #permits: PermitDelivery;
  readonly #deliver: Deliver;
  readonly #deliveries: DeliveryRepository;
  readonly #clock: Clock;

  constructor(permits: PermitDelivery, deliver: Deliver, deliveries: DeliveryRepository, @Inject(CLOCK) clock: Clock) {
    this.#permits = permits;
    this.#deliver = deliver;
    this.#deliveries = deliveries;
    this.#clock = clock;
  }

  /** Counted as a call of the merchant's service; no byte of it is counted, since none is given to anybody. */
  async read(wish: FileWish): Promise<Result<{ readonly permit: Permit; readonly file: DeliveredFile }, DomainError>> {
    const permitted = await this.#permits.execute({ ...wish, at: this.#clock.now() });
    if (!permitted.ok) return err(permitted.error.error);
    const { path, address, requestId } = wish;
    const answer = await this.#deliver.execute(permitted.value, {
      ...{ method: 'GET', path, body: null, address, requestId, signal: AbortSignal.timeout(LONGEST_READ_MS) },
      // The bytes themselves: what a server packs on the way has another length at every try.
      headers: { accept: '*/*', 'accept-encoding': 'identity' },
    });
    if (!answer.ok) return answer;
    const { call, status } = answer.value;
    const file = await this.#hash(answer.value);
    const code = file.ok ? null : file.error.code;
    const end = { state: file.ok ? 'delivered' : 'failed', status, bytesOut: 0, code } as const;
    await this.#deliveries.end(call.id, { ...end, at: this.#clock.now() });
    return file.ok ? ok({ permit: permitted.value, file: file.value }) : file;
  }

  async #hash({ status, headers, body }: MerchantAnswer): Promise<Result<DeliveredFile, ManifestError>> {
    const unreadable = (why: string) => {
      // What is left of it is not wanted; that it ends early is no error of anybody's.
      body.once('error', () => undefined).destroy();
      return err(manifestErrors.MANIFEST_FILE_UNREADABLE(why));
    };
    if (status !== 200) return unreadable(`The merchant’s service answered ${status}.`);
    const { mostBytes } = this.#deliver;
    const hasher = new PieceHasher();
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        hasher.add(chunk);
        if (hasher.size > mostBytes) return unreadable(`The file is larger than ${mostBytes} bytes.`);
      }
    } catch {
      return unreadable('The merchant’s service did not send it to its end in time.');
    }
    const said = (name: string) => (typeof headers[name] === 'string' ? headers[name] : null);
    return ok({ ...hasher.end(), etag: said('etag'), mediaType: said('content-type') });
  }
}
