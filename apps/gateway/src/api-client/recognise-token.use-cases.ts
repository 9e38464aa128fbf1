import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { apiKeyErrors, type ApiKeyError } from '../api-key/api-key.errors.js';
import { sessionErrors, type SessionError } from '../session/session.errors.js';
import { apiClientErrors, type ApiClientError } from './api-client.errors.js';
import { ApiClientRepository, type FoundToken } from './api-client.repository.js';

/** The form of the provider's access tokens: 256 random bits in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Says whose access token a request shows. */
@Injectable()
export class RecogniseToken {
  readonly #clients: ApiClientRepository;

  constructor(clients: ApiClientRepository) {
    this.#clients = clients;
  }

  looksLikeOne(text: string): boolean {
    return TOKEN.test(text);
  }

  async execute(
    token: string,
    scope: string,
  ): Promise<Result<FoundToken, ApiClientError | ApiKeyError | SessionError>> {
    const found = await this.#clients.byToken(token);
    if (found === undefined || found.client.revokedAt !== null) {
      return err(apiClientErrors.ACCESS_TOKEN_REFUSED('It is not known, has expired, or its client was revoked.'));
    }
    if (found.account.closed) {
      return err(sessionErrors.ACCOUNT_CLOSED(`Account ${found.account.id} or its organisation is suspended.`));
    }
    if (found.scopes.includes(scope)) return ok(found);
    const detail = `The token has ${found.scopes.join(', ') || 'no scope'}; this needs ${scope}.`;
    return err(apiKeyErrors.API_KEY_SCOPE_MISSING(detail, { meta: { scope } }));
  }
}
