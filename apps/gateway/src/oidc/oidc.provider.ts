import { Inject, Injectable } from '@nestjs/common';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { Database } from '@hetao/persistence';
import { DATABASE, SERVICE_CONFIG, type OnServiceOpen } from '@hetao/runtime';
import { isSecure, type GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';
import { apiKeyScopes } from '../api-key/api-key.js';
import { AccountRepository } from '../identity/account.repository.js';
import { ClientAdapter } from './client.adapter.js';
import { commandLineClient, deviceFlow, ownDevicePage } from './device-flow.provider.js';
import { PostgresAdapter } from './record.adapter.js';
import { SigningKeysRepository, type SigningKeys } from './signing-keys.repository.js';

/** Where the provider inside is mounted. */
export const OIDC_PATH = '/oidc';

/** The page on which people say who they are; the provider sends them there. */
export const IDENTIFY_PATH = '/identify';

/** Where the gateway, as the provider's only client, receives people back. */
export const CALLBACK_PATH = '/sign-in/callback';

const MINUTE_S = 60;
/** Enough to find a password; too short to leave a page open for somebody else. */
const INTERACTION_S = 15 * MINUTE_S;

/** A machine can fetch a new one at any time. */
const CLIENT_TOKEN_S = 10 * MINUTE_S;

/** Enough to open a browser elsewhere and sign in there. */
const DEVICE_CODE_S = 10 * MINUTE_S;

/** The secret the gateway shows to the provider it hosts; both derive it, nobody stores it. */
export function insideClientSecret(config: GatewayConfig): string {
  return keyFor('provider-client', config.SESSION_SECRET).toString('base64url');
}

/** The OpenID provider inside: the default where no other issuer is configured. */
@Injectable()
export class OidcProvider implements OnServiceOpen {
  readonly #database: Database;
  readonly #config: GatewayConfig;
  readonly #accounts: AccountRepository;
  readonly #signingKeys: SigningKeysRepository;
  #provider: Promise<Provider> | undefined;

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    accounts: AccountRepository,
    signingKeys: SigningKeysRepository,
  ) {
    this.#database = database;
    this.#config = config;
    this.#accounts = accounts;
    this.#signingKeys = signingKeys;
  }

  get issuer(): string {
    return this.#config.PUBLIC_URL + OIDC_PATH;
  }

  /** A secret that does not open the stored keys must stop the start, not the first person who wants to sign in. */
  async onServiceOpen(): Promise<void> {
    if (this.#config.OIDC_ISSUER === undefined) await this.provider();
  }

  /** The provider, ready to answer. A failure (no database yet) is not remembered. */
  provider(): Promise<Provider> {
    this.#provider ??= this.#make().catch((error: unknown) => {
      this.#provider = undefined;
      throw error;
    });
    return this.#provider;
  }

  async #make(): Promise<Provider> {
    const keys = await this.#signingKeys.load();
    const provider = new Provider(this.issuer, this.#configuration(keys));
    // The mount states scheme and host of PUBLIC_URL in these headers, whatever the request said.
    provider.proxy = true;
    provider.use(ownDevicePage(this.#config));
    return provider;
  }

  #configuration(keys: SigningKeys): Configuration {
    const config = this.#config;
    return {
      adapter: (kind) =>
        kind === 'Client' ? new ClientAdapter(this.#database) : new PostgresAdapter(kind, this.#database),
      clients: [this.#client(), commandLineClient],
      jwks: { keys: [...keys.keys] },
      claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
      scopes: ['openid', 'profile', 'email', ...apiKeyScopes],
      responseTypes: ['code'],
      pkce: { required: () => true },
      // Asymmetric and modern ones alone: no shared secrets, no confusion of the two.
      enabledJWA: { clientAuthSigningAlgValues: ['ES256', 'Ed25519', 'EdDSA'] },
      cookies: {
        keys: [keyFor('provider-cookies', config.SESSION_SECRET).toString('base64url')],
        names: { session: 'hetao-op', interaction: 'hetao-op-interaction', resume: 'hetao-op-resume' },
        long: { httpOnly: true, sameSite: 'lax', signed: true, secure: isSecure(config) },
        short: { httpOnly: true, sameSite: 'lax', signed: true, secure: isSecure(config) },
      },
      interactions: { url: (_context, interaction) => `${IDENTIFY_PATH}/${interaction.uid}` },
      findAccount: (_context, id) => this.#find(id),
      loadExistingGrant: grantToOurselves,
      clientBasedCORS: () => false,
      features: {
        clientCredentials: { enabled: true },
        deviceFlow: deviceFlow(config),
        devInteractions: { enabled: false },
        rpInitiatedLogout: { enabled: false },
        userinfo: { enabled: true },
      },
      renderError: (context, out) => {
        context.type = 'application/problem+json';
        context.body = JSON.stringify(signInProblem(context, out));
      },
      ttl: {
        AccessToken: 5 * MINUTE_S,
        AuthorizationCode: MINUTE_S,
        ClientCredentials: CLIENT_TOKEN_S,
        DeviceCode: DEVICE_CODE_S,
        Grant: config.SESSION_ABSOLUTE_HOURS * 60 * MINUTE_S,
        IdToken: 5 * MINUTE_S,
        Interaction: INTERACTION_S,
        Session: config.SESSION_ABSOLUTE_HOURS * 60 * MINUTE_S,
      },
    };
  }

  #client() {
    return {
      client_id: this.#config.OIDC_CLIENT_ID,
      client_secret: insideClientSecret(this.#config),
      redirect_uris: [this.#config.PUBLIC_URL + CALLBACK_PATH],
      grant_types: ['authorization_code'],
      response_types: ['code' as const],
      id_token_signed_response_alg: 'ES256' as const,
      token_endpoint_auth_method: 'client_secret_basic' as const,
    };
  }

  async #find(id: string) {
    const account = await this.#accounts.byId(id);
    if (account === undefined || account.disabledAt !== null) return undefined;
    const { email, displayName } = account;
    return { accountId: id, claims: () => ({ sub: id, name: displayName, email, email_verified: true }) };
  }
}

/** The only client is the gateway itself: asking people whether the exchange may tell the exchange who they are helps nobody. */
async function grantToOurselves(context: KoaContextWithOIDC) {
  const { oidc } = context;
  const { client, session, provider } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const existing = oidc.result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const found = existing === undefined ? undefined : await provider.Grant.find(existing);
  if (found !== undefined) return found;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

function signInProblem(context: KoaContextWithOIDC, out: { error: string; error_description?: string | undefined }) {
  return {
    type: '/problems/sign-in-failed',
    title: 'Signing in did not succeed',
    status: context.status,
    detail: out.error_description ?? out.error,
    instance: context.path,
    code: 'SIGN_IN_FAILED',
    fix: 'Start again at /sign-in.',
  };
}
