import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Adapter, type AdapterPayload } from 'oidc-provider';

/** An identity provider of somebody else's: real, on a port of its own, signing in whoever the test says. */
export interface OutsideIssuer {
  readonly issuer: string;
  /** Who is sitting at the browser. */
  person: { readonly sub: string; readonly email: string; readonly verified: boolean };
  stop(): Promise<void>;
}

export async function startOutsideIssuer(
  port: number,
  client: { id: string; secret: string; origin: string },
): Promise<OutsideIssuer> {
  const issuer = `http://127.0.0.1:${port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const outside: OutsideIssuer = {
    issuer,
    person: { sub: 'x', email: '', verified: false },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const records = new Map<string, AdapterPayload>();
  const provider = new Provider(issuer, {
    adapter: (kind) => memoryOf(kind, records),
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 300, IdToken: 300, Interaction: 300, Session: 300 },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${client.origin}/sign-in/callback`],
        post_logout_redirect_uris: [client.origin],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/login/${interaction.uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: outside.person.email, email_verified: outside.person.verified }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        ...(oidc.client && { clientId: oidc.client.clientId }),
        ...(oidc.session?.accountId !== undefined && { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    const login = request.url?.startsWith('/login/') === true;
    const work = login
      ? provider.interactionFinished(request, response, { login: { accountId: outside.person.sub } })
      : answer(request, response);
    work.catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return outside;
}

/** As much memory as one test needs; the provider's own warns on every start that it is for tests alone. */
function memoryOf(kind: string, records: Map<string, AdapterPayload>): Adapter {
  const find = (test: (payload: AdapterPayload) => boolean) =>
    Promise.resolve([...records].find(([key, payload]) => key.startsWith(`${kind}:`) && test(payload))?.[1]);
  return {
    upsert: (id, payload) => Promise.resolve(void records.set(`${kind}:${id}`, payload)),
    find: (id) => Promise.resolve(records.get(`${kind}:${id}`)),
    findByUid: (uid) => find((payload) => payload.uid === uid),
    findByUserCode: (code) => find((payload) => payload.userCode === code),
    consume: (id) => Promise.resolve(void Object.assign(records.get(`${kind}:${id}`) ?? {}, { consumed: true })),
    destroy: (id) => Promise.resolve(void records.delete(`${kind}:${id}`)),
    revokeByGrantId: () => Promise.resolve(),
  };
}
