import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';
import { OidcProvider } from '../oidc/oidc.provider.js';
import { isCsrfToken } from './csrf-token.codec.js';
import { OpenIdClient } from './openid.client.js';
import { Sessions } from './session.use-cases.js';

/** The browser's request and our answer, as the provider inside reads and writes its cookies. */
export interface BrowserExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Ends a session here and at the issuer. */
@Injectable()
export class SignOut {
  readonly #sessions: Sessions;
  readonly #client: OpenIdClient;
  readonly #oidc: OidcProvider;
  readonly #config: GatewayConfig;

  constructor(
    sessions: Sessions,
    client: OpenIdClient,
    oidc: OidcProvider,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#sessions = sessions;
    this.#client = client;
    this.#oidc = oidc;
    this.#config = config;
  }

  /** Where the browser goes next; undefined, and nothing happened, when the request did not come from a page of ours. */
  async execute(
    sessionToken: string | undefined,
    csrf: string,
    exchange: BrowserExchange,
  ): Promise<string | undefined> {
    const session = sessionToken === undefined ? undefined : await this.#sessions.recognise(sessionToken);
    // Nobody is signed in any more: there is nothing to protect, and a stale cookie had better go.
    if (session === undefined || !session.ok) return '/';
    const key = keyFor('csrf-token', this.#config.SESSION_SECRET);
    if (!isCsrfToken(key, session.value.hash, csrf)) return undefined;
    await this.#sessions.end(session.value);
    if (this.#client.inside) await this.#endAtProvider(exchange);
    return (await this.#client.signOutUrl(session.value.idToken))?.href ?? '/';
  }

  /** Or the next click on "sign in" would let anybody at this machine in without a password. */
  async #endAtProvider({ request, response }: BrowserExchange): Promise<void> {
    const provider = await this.#oidc.provider();
    const session = await provider.Session.get(provider.createContext(request, response));
    await session.destroy();
  }
}
