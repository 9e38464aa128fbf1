import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Database } from '@hetao/persistence';

/** What the provider asks of a registered client: only to be found. */
export class ClientAdapter implements Adapter {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A client in force, as RFC 7591 metadata: it has keys and no secret, and can do nothing but fetch tokens. */
  async find(id: string): Promise<AdapterPayload | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ jwks: object; scopes: string[] }>(
        'SELECT jwks, scopes FROM api_clients WHERE id = $1 AND revoked_at IS NULL',
        [id],
      ),
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    return {
      client_id: id,
      token_endpoint_auth_method: 'private_key_jwt',
      grant_types: ['client_credentials'],
      response_types: [],
      // It gets none; but the provider signs with one key, and holds every client to it.
      id_token_signed_response_alg: 'ES256',
      redirect_uris: [],
      jwks: row.jwks,
      scope: row.scopes.join(' '),
    } as AdapterPayload;
  }

  // Clients are registered and revoked by their organisations at /v1/api-clients, never through the provider.
  upsert = refuse;
  consume = refuse;
  destroy = refuse;
  revokeByGrantId = refuse;
  findByUid = nobody;
  findByUserCode = nobody;
}

function refuse(): Promise<void> {
  return Promise.reject(new Error('Clients are kept at /v1/api-clients.'));
}

function nobody(): Promise<undefined> {
  return Promise.resolve(undefined);
}
