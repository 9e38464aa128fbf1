import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { CLOCK } from '@hetao/runtime';
import type { UsageSender } from '../../entitlement/entitlement.js';
import { type IngestGrant, keyIdOf, readToken, signToken } from './ingest-token.js';
import { TokenKeyRepository } from './token-key.repository.js';

/** A token as it is handed out, once. */
export interface MintedToken {
  readonly token: string;
  readonly grant: IngestGrant;
}

/** Mints and checks short-lived tokens, so that a fleet of senders needs no lasting secret of its merchant. */
@Injectable()
export class IngestTokens {
  constructor(
    private readonly keys: TokenKeyRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async mint(organisationId: string, agreementIds: readonly string[], seconds: number): Promise<MintedToken> {
    const nowMs = this.clock.now().getTime();
    const grant = { organisationId, agreementIds, expiresAtMs: nowMs + seconds * 1000 };
    return { token: signToken(grant, await this.keys.current(nowMs)), grant };
  }

  /** Who sends with this Authorization field; undefined when it carries no token that is valid now. */
  async senderOf(authorization: string | undefined): Promise<UsageSender | undefined> {
    const token = /^Bearer (hxi_\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const keyId = keyIdOf(token);
    const key = keyId === undefined ? undefined : await this.keys.find(keyId);
    const grant = key && readToken(token, key, this.clock.now().getTime());
    if (!grant) return undefined;
    const { organisationId, agreementIds } = grant;
    const scope = agreementIds.length === 0 ? {} : { agreementIds };
    return { senderId: organisationId, organisationId, isSystem: false, ...scope };
  }
}
