import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';
import { DemoAccounts } from '../identity/demo-accounts.use-cases.js';
import { languageOf } from '../page/page.reply.js';
import { csrfToken } from '../session/csrf-token.codec.js';
import type { LiveSession } from '../session/session.use-cases.js';
import { readPortal, type BuiltPortal } from './portal.files.js';
import { portalPage, portalPolicy, toPerson, type PortalState } from './portal.page.js';

/** 128 bits, fresh in every answer (CSP Level 3, 7.1). */
const NONCE_BYTES = 16;

/** Answers with the portal's page, for whoever reads it. */
@Injectable()
export class PortalReply {
  readonly #demo: DemoAccounts;
  readonly #config: GatewayConfig;
  readonly #built: Promise<BuiltPortal | undefined>;

  constructor(demo: DemoAccounts, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#demo = demo;
    this.#config = config;
    this.#built = readPortal(config.PORTAL_FOLDER);
  }

  /** What Vite built; undefined where it did not. */
  built(): Promise<BuiltPortal | undefined> {
    return this.#built;
  }

  /** Sends the page; false, and nothing was sent, where no portal was built. */
  async send(request: FastifyRequest, reply: FastifyReply, session: LiveSession | undefined): Promise<boolean> {
    const portal = await this.#built;
    if (portal === undefined) return false;
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const issuer = this.#config.OIDC_ISSUER;
    const page = portalPage(portal.template, nonce, await this.#state(request, reply, session));
    await reply
      .header('content-security-policy', portalPolicy(nonce, issuer === undefined ? [] : [new URL(issuer).origin]))
      .header('cache-control', 'no-store')
      .header('vary', 'accept-language, cookie')
      .type('text/html; charset=utf-8')
      .send(page);
    return true;
  }

  async #state(request: FastifyRequest, reply: FastifyReply, session: LiveSession | undefined): Promise<PortalState> {
    return {
      language: languageOf(request, reply),
      demo: this.#config.DEMO,
      publicUrl: this.#config.PUBLIC_URL,
      exchangeId: this.#config.EXCHANGE_ORGANISATION_ID,
      me: session === undefined ? null : this.#caller(session),
      people: (await this.#demo.list()).map(toPerson),
    };
  }

  #caller(session: LiveSession) {
    const { account } = session;
    return {
      account_id: account.id,
      organisation_id: account.organisationId,
      email: account.email,
      display_name: account.displayName,
      personas: account.personas,
      csrf_token: csrfToken(keyFor('csrf-token', this.#config.SESSION_SECRET), session.hash),
      session_ends_at: session.endsAt.toISOString(),
    };
  }
}
