import { Inject, Injectable } from '@nestjs/common';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Clock } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { CLOCK, DATABASE, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { openText, sealText } from '../gateway.secrets.js';

/** Private keys as a JWKS (RFC 7517). */
export interface SigningKeys {
  readonly keys: readonly JWK[];
}

const PURPOSE = 'oidc-provider';

/** The keys that sign ID tokens: from OIDC_SIGNING_KEYS, or made once and kept in the database under a seal. */
@Injectable()
export class SigningKeysRepository {
  readonly #database: Database;
  readonly #config: GatewayConfig;
  readonly #clock: Clock;

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#database = database;
    this.#config = config;
    this.#clock = clock;
  }

  /** @throws Error when SESSION_SECRET does not open the stored keys: starting with new ones would hide the mistake. */
  async load(): Promise<SigningKeys> {
    if (this.#config.OIDC_SIGNING_KEYS) return this.#config.OIDC_SIGNING_KEYS;
    const stored = await this.#stored();
    if (stored !== undefined) return this.#open(stored);
    const sealed = await this.#seal({ keys: [await newKey()] });
    await this.#query(
      'INSERT INTO signing_keys (purpose, sealed, created_at) VALUES ($1, $2, $3) ON CONFLICT (purpose) DO NOTHING',
      [PURPOSE, sealed, this.#clock.now()],
    );
    // Two instances may start together: the row decides, not who made a key.
    return this.#open((await this.#stored()) ?? sealed);
  }

  async #stored(): Promise<string | undefined> {
    const rows = await this.#query('SELECT sealed FROM signing_keys WHERE purpose = $1', [PURPOSE]);
    return rows[0]?.sealed;
  }

  #seal(keys: SigningKeys): Promise<string> {
    return sealText('signing-keys', this.#config.SESSION_SECRET, JSON.stringify(keys));
  }

  async #open(sealed: string): Promise<SigningKeys> {
    try {
      return JSON.parse(await openText('signing-keys', this.#config.SESSION_SECRET, sealed)) as SigningKeys;
    } catch (cause) {
      throw new Error(
        'SESSION_SECRET does not open the signing keys in the database. Set the secret they were made with, or delete ' +
          'the row of gateway.signing_keys to have new ones made; everybody then signs in again.',
        { cause },
      );
    }
  }
  #query(sql: string, values: unknown[]): Promise<{ sealed: string }[]> {
    return this.#database.withClient(async (client) => (await client.query<{ sealed: string }>(sql, values)).rows);
  }
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' };
}
