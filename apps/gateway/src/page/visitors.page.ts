import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language } from '@hetao/kernel';
import { SERVICE_CONFIG, type CallerIdentity } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import type { Account } from '../identity/account.js';
import { DemoAccounts } from '../identity/demo-accounts.use-cases.js';
import { keyFor } from '../gateway.secrets.js';
import { csrfToken } from '../session/csrf-token.codec.js';
import { sessionTokenOf } from '../session/session.cookie.js';
import { Sessions, type LiveSession } from '../session/session.use-cases.js';
import { html, type SafeHtml } from './html.js';
import { pageWords } from './page.words.js';

/** Recognises who reads a page, and draws the end of its header: the button to sign in, or out. */
@Injectable()
export class Visitors {
  readonly #sessions: Sessions;
  readonly #demo: DemoAccounts;
  readonly #config: GatewayConfig;

  constructor(sessions: Sessions, demo: DemoAccounts, @Inject(SERVICE_CONFIG) config: GatewayConfig) {
    this.#sessions = sessions;
    this.#demo = demo;
    this.#config = config;
  }

  /** Whom a stranger may become without a password; nobody outside of a demonstration. */
  demoAccounts(): Promise<readonly Account[]> {
    return this.#demo.list();
  }

  /** Undefined for everybody who is not signed in; a page never fails for a stale cookie. */
  async of(request: FastifyRequest): Promise<LiveSession | undefined> {
    const token = sessionTokenOf(request, this.#config);
    if (token === undefined) return undefined;
    const found = await this.#sessions.recognise(token);
    return found.ok ? found.value : undefined;
  }

  header(session: LiveSession | undefined, language: Language, path: string): SafeHtml {
    const words = pageWords[language];
    if (session === undefined) {
      return html`<a class="button small" href="/sign-in?return_to=${encodeURIComponent(path)}&amp;lang=${language}"
        >${words.signIn}</a
      >`;
    }
    const token = csrfToken(keyFor('csrf-token', this.#config.SESSION_SECRET), session.hash);
    const { displayName } = session.account;
    return html`<form class="account" method="post" action="/sign-out">
      <input type="hidden" name="csrf_token" value="${token}" />
      <span title="${words.signedInAs(displayName)}"
        ><span class="hidden">${words.signedInAs('')}</span>${displayName}</span
      >
      <button type="submit" class="quiet">${words.signOut}</button>
    </form>`;
  }
}

/** The identity in which a page reads for somebody who is signed in. */
export function identityOf({ account }: LiveSession): CallerIdentity {
  const { id: subject, organisationId, personas, displayName } = account;
  return { subject, organisationId, personas, scopes: [], via: 'session', displayName };
}
