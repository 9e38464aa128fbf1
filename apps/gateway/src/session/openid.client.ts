import type { AddressInfo } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import * as openid from 'openid-client';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { CALLBACK_PATH, insideClientSecret, OIDC_PATH } from '../oidc/oidc.provider.js';

/** What has to be remembered between sending somebody to the issuer and seeing them again. */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who the issuer says it is. `email` is there only when the issuer has verified it. */
export interface IssuerWord {
  readonly subject: string;
  readonly email: string | undefined;
  readonly idToken: string | null;
}

const SCOPE = 'openid profile email';
/** Answers of the issuer are awaited this long, in seconds. */
const TIMEOUT_S = 8;

/** The gateway as an OpenID Connect client: authorization code with PKCE, tokens never leave this process (RFC 10017). */
@Injectable()
export class OpenIdClient {
  readonly #config: GatewayConfig;
  readonly #http: HttpAdapterHost;
  #client: Promise<openid.Configuration> | undefined;

  constructor(@Inject(SERVICE_CONFIG) config: GatewayConfig, http: HttpAdapterHost) {
    this.#config = config;
    this.#http = http;
  }

  /** Whether the issuer is the provider inside, whose subjects are our account ids. */
  get inside(): boolean {
    return this.#config.OIDC_ISSUER === undefined;
  }

  /** Where to send somebody, and what to remember of it. */
  async begin(language: string): Promise<{ readonly url: URL; readonly attempt: SignInAttempt }> {
    const client = await this.#configuration();
    const attempt = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
    };
    const url = openid.buildAuthorizationUrl(client, {
      redirect_uri: this.#config.PUBLIC_URL + CALLBACK_PATH,
      scope: SCOPE,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      ui_locales: language,
    });
    return { url, attempt };
  }

  /** Redeems the code of the callback. Throws what openid-client throws when anything about it is not right. */
  async finish(callbackUrl: URL, attempt: SignInAttempt): Promise<IssuerWord> {
    const client = await this.#configuration();
    const tokens = await openid.authorizationCodeGrant(client, callbackUrl, {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new TypeError('The issuer sent no ID token.');
    const said: openid.IDToken | openid.UserInfoResponse =
      claims['email'] !== undefined || this.inside
        ? claims
        : await openid.fetchUserInfo(client, tokens.access_token, claims.sub);
    const email = said['email_verified'] === true && typeof said['email'] === 'string' ? said['email'] : undefined;
    return { subject: claims.sub, email, idToken: this.inside ? null : (tokens.id_token ?? null) };
  }

  /** Where to send somebody to end the issuer's own session too; undefined when it offers no such page. */
  async signOutUrl(idToken: string | null): Promise<URL | undefined> {
    if (this.inside) return undefined;
    const client = await this.#configuration();
    if (client.serverMetadata().end_session_endpoint === undefined) return undefined;
    return openid.buildEndSessionUrl(client, {
      post_logout_redirect_uri: this.#config.PUBLIC_URL,
      ...(idToken === null ? {} : { id_token_hint: idToken }),
    });
  }

  #configuration(): Promise<openid.Configuration> {
    this.#client ??= Promise.resolve(this.inside ? this.#insideConfiguration() : this.#outsideConfiguration()).catch(
      (error: unknown) => {
        // An issuer that was away may be back at the next try.
        this.#client = undefined;
        throw error;
      },
    );
    return this.#client;
  }

  async #outsideConfiguration(): Promise<openid.Configuration> {
    const { OIDC_ISSUER = '', OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = this.#config;
    const issuer = new URL(OIDC_ISSUER);
    // Plain http is for tests and demonstrations; the configuration refuses it in production.
    const execute = [
      openid.enableNonRepudiationChecks,
      ...(issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : []),
    ];
    return openid.discovery(issuer, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET ?? '', undefined, {
      execute,
      timeout: TIMEOUT_S,
    });
  }

  /** Browsers go through PUBLIC_URL; our own calls take the short way, which also works where PUBLIC_URL does not. */
  #insideConfiguration(): openid.Configuration {
    const issuer = this.#config.PUBLIC_URL + OIDC_PATH;
    const loopback = this.#loopback() + OIDC_PATH;
    const client = new openid.Configuration(
      {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${loopback}/token`,
        jwks_uri: `${loopback}/jwks`,
        id_token_signing_alg_values_supported: ['ES256'],
        authorization_response_iss_parameter_supported: true,
      },
      this.#config.OIDC_CLIENT_ID,
      { id_token_signed_response_alg: 'ES256' },
      openid.ClientSecretBasic(insideClientSecret(this.#config)),
    );
    client.timeout = TIMEOUT_S;
    openid.allowInsecureRequests(client);
    openid.enableNonRepudiationChecks(client);
    return client;
  }

  #loopback(): string {
    const server = this.#http.httpAdapter.getHttpServer() as { address(): AddressInfo };
    const { address, port } = server.address();
    const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }
}
