import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { apiKeyScopes } from '../api-key/api-key.js';
import type { GatewayConfig } from '../gateway.config.js';
import { addressGroup, clientAddress } from '../routing/client-address.js';

/** The page on which people type the code that a programme shows them. */
export const DEVICE_PATH = '/device';

/** The `hetao` command line, which anybody can have: it has no secret, so people admit it one by one. */
export const COMMAND_LINE_CLIENT = 'hetao-cli';

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** A programme may ask this often whether it was let in, in seconds (RFC 8628 3.2). */
const INTERVAL_S = 2;
const LONGEST_AGENT = 120;

/** The command line as a client of the provider (RFC 7591). */
export const commandLineClient = {
  client_id: COMMAND_LINE_CLIENT,
  token_endpoint_auth_method: 'none' as const,
  grant_types: [DEVICE_GRANT],
  response_types: [],
  redirect_uris: [],
  id_token_signed_response_alg: 'ES256' as const,
  scope: apiKeyScopes.join(' '),
};

/** Codes of twenty consonants that spell nothing, four and four: 2.5 · 10¹⁰ of them. */
export function deviceFlow(config: GatewayConfig): NonNullable<Configuration['features']>['deviceFlow'] {
  return {
    enabled: true,
    charset: 'base-20',
    mask: '****-****',
    deviceInfo: ({ req }) => {
      const forwarded = req.headers['x-forwarded-for']?.toString();
      const address = clientAddress(req.socket.remoteAddress ?? '', forwarded, config.TRUSTED_PROXIES);
      return { address: addressGroup(address), agent: (req.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT) };
    },
  };
}

/**
 * Sends people to our page of codes: there they are signed in as everywhere on the exchange, wrong codes are counted, and
 * the answer is written down in the audit. The provider's own page is not served.
 */
export function ownDevicePage(config: GatewayConfig) {
  const page = config.PUBLIC_URL + DEVICE_PATH;
  return async (context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (/^\/device(?!\/auth$)/.test(context.path)) return context.redirect(page);
    await next();
    if (context.path !== '/device/auth' || context.status !== 200) return;
    const body = context.body as { readonly user_code: string };
    const complete = `${page}?user_code=${encodeURIComponent(body.user_code)}`;
    Object.assign(body, { verification_uri: page, verification_uri_complete: complete, interval: INTERVAL_S });
  };
}
