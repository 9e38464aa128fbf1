import { Inject, Injectable } from '@nestjs/common';
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT, type CryptoKey, type JSONWebKeySet, type JWK } from 'jose';
import { newUuid } from '@hetao/kernel';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig, DataspaceKey } from '../dataspace.config.js';
import { hashOf } from './seal.js';

const LIFETIME_S = 300;
/** A token is used again while it is good for this long. */
const SPARE_S = 60;
const TOLERANCE_S = 10;
const ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'RS256', 'PS256'];
/** Tokens remembered as checked, and made: peers are few, and each uses one for minutes. */
const MAX_REMEMBERED = 1_000;

/** The tokens of `bearer-jwt`: `iss` = `sub` = who sends, `aud` = who receives, five minutes. */
@Injectable()
export class PeerTokens {
  readonly #config: DataspaceConfig;
  readonly #made = new Map<string, { readonly token: string; readonly until: number }>();
  /** Hash of token and keys → the second until which it holds. */
  readonly #checked = new Map<string, number>();
  #key: Promise<CryptoKey | Uint8Array> | undefined;

  constructor(@Inject(SERVICE_CONFIG) config: DataspaceConfig) {
    this.#config = config;
  }

  /** The public half of our key, for peers to enter. */
  publicKeys(): JSONWebKeySet {
    return { keys: [publicHalf(this.#config.DATASPACE_PRIVATE_KEY)] };
  }

  /** A token for this receiver. */
  async issue(audience: string): Promise<string> {
    const now = seconds();
    const made = this.#made.get(audience);
    if (made !== undefined && made.until - SPARE_S > now) return made.token;
    const { DATASPACE_PARTICIPANT_ID: self, DATASPACE_PRIVATE_KEY: key } = this.#config;
    this.#key ??= importJWK(key as JWK, 'EdDSA');
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: key.kid })
      .setIssuer(self)
      .setSubject(self)
      .setAudience(audience)
      .setJti(newUuid())
      .setIssuedAt(now)
      .setExpirationTime(now + LIFETIME_S)
      .sign(await this.#key);
    remember(this.#made, audience, { token, until: now + LIFETIME_S });
    return token;
  }

  /** Whether the token is of this issuer, for us, in time, and signed with one of these keys. */
  async isValid(token: string, issuer: string, keys: object): Promise<boolean> {
    const remembered = hashOf(JSON.stringify([token, issuer, keys]));
    const until = this.#checked.get(remembered);
    if (until !== undefined) return until > seconds();
    try {
      const { payload } = await jwtVerify(token, createLocalJWKSet(keys as JSONWebKeySet), {
        algorithms: ALGORITHMS,
        issuer,
        subject: issuer,
        audience: this.#config.DATASPACE_PARTICIPANT_ID,
        clockTolerance: TOLERANCE_S,
        requiredClaims: ['exp'],
      });
      remember(this.#checked, remembered, payload.exp ?? 0);
      return true;
    } catch {
      return false; // Expired, for somebody else, or signed by nobody we know: all the same to the caller.
    }
  }
}

/** The oldest entry goes when there are too many. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  const [oldest] = map.keys();
  if (map.size >= MAX_REMEMBERED && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}

function publicHalf({ kty, crv, x, kid }: DataspaceKey): JWK {
  return { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' };
}

/** Tokens live by the machine's time, never by the business clock. */
function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
