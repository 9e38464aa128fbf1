import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { hashOf, openText, sealText } from '../peer/seal.js';
import { ownBase } from '../version/version-file.js';
import { idOf } from '../wire/ids.js';
import type { PullAddress } from './transfer.wire.js';

/** What tokens for data begin with, so that who finds one knows what it is. */
export const TOKEN_PREFIX = 'hxt_';

/** A new token: shown to the consumer once, kept as its hash. */
export interface IssuedAddress extends PullAddress {
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

  /** A fresh address for the data under an agreement. */
  issue(agreementRef: string): IssuedAddress {
    const token = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
    const endpoint = `${this.#config.DATASPACE_DELIVERY_URL}/${encodeURIComponent(idOf(agreementRef))}/`;
    return { endpoint, token, tokenHash: hashOf(token), lifetimeS: this.#config.DATASPACE_TOKEN_S };
  }

  seal(text: string): Promise<string> {
    return sealText('data-address', this.#config.DATASPACE_SECRET, text);
  }

  open(sealed: string): Promise<string> {
    return openText('data-address', this.#config.DATASPACE_SECRET, sealed);
  }
}
