import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { hashOf, openText, sealText } from '../peer/seal.js';
import { ownBase } from '../version/version-file.js';
import { idOf } from '../wire/ids.js';
import type { Opening } from './transfer-format.js';
import type { GivenAddress } from './transfer.wire.js';

/** What tokens for data begin with, so that who finds one knows what it is. */
export const TOKEN_PREFIX = 'hxt_';

/** A new token: shown to the consumer once, kept as its hash. */
export interface IssuedAddress extends GivenAddress {
  readonly tokenHash: string;
  readonly lifetimeS: number;
}

/** Where our data is fetched, with tokens that are good for one transfer and a while; and what peers told us, sealed. */
@Injectable()
export class TransferAddresses {
  readonly #config: DataspaceConfig;

  constructor(@Inject(SERVICE_CONFIG) config: DataspaceConfig) {
    this.#config = config;
  }

  /** Our base, where peers answer us. */
  get callbackAddress(): string {
    return ownBase(this.#config);
  }

  /** Plain http and our own network: only in demonstrations and tests. */
  get privateAllowed(): boolean {
    return this.#config.DATASPACE_PRIVATE_PEERS;
  }

  /** A fresh address for what may be had under an agreement: its data, or a session beside it. */
  issue(agreementRef: string, opening: Opening): IssuedAddress {
    const token = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
    const agreementId = idOf(agreementRef);
    const endpoint = opening === 'delivery' ? this.#deliveries(agreementId) : this.#sessions;
    const { DATASPACE_TOKEN_S: lifetimeS } = this.#config;
    return { opening, agreementId, endpoint, token, tokenHash: hashOf(token), lifetimeS };
  }

  #deliveries(agreementId: string): string {
    return `${this.#config.DATASPACE_DELIVERY_URL}/${encodeURIComponent(agreementId)}/`;
  }

  /** The sandbox is the neighbour of the deliveries, behind the same door. */
  get #sessions(): string {
    return new URL('sandbox/sessions', this.#config.DATASPACE_DELIVERY_URL).href;
  }

  seal(text: string): Promise<string> {
    return sealText('data-address', this.#config.DATASPACE_SECRET, text);
  }

  open(sealed: string): Promise<string> {
    return openText('data-address', this.#config.DATASPACE_SECRET, sealed);
  }
}
