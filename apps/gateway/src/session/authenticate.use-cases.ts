import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { SERVICE_CONFIG, type CallerIdentity } from '@hetao/runtime';
import { RecogniseToken } from '../api-client/recognise-token.use-cases.js';
import { RecogniseApiKey, type KeyShown } from '../api-key/recognise-api-key.use-cases.js';
import type { ApiKeyScope } from '../api-key/api-key.js';
import { isSecure, type GatewayConfig } from '../gateway.config.js';
import { keyFor } from '../gateway.secrets.js';
import { addressGroup, clientAddress } from '../routing/client-address.js';
import { isSafeMethod, type ScopeArea } from '../routing/route-table.js';
import type { KnownCaller } from './caller.register.js';
import { isCsrfToken } from './csrf-token.codec.js';
import { sessionTokenOf } from './session.cookie.js';
import { sessionErrors } from './session.errors.js';
import type { SignedInAccount } from './session.repository.js';
import { Sessions } from './session.use-cases.js';

/** What each service calls the area of a scope, where it is not the word the outside uses. */
const SERVICE_WORDS: Partial<Record<ScopeArea, string>> = { usage: 'metering', identity: 'gateway' };

/** Finds out who sends a request: the holder of an API key, or somebody signed in. Nothing else is looked at. */
@Injectable()
export class Authenticate {
  readonly #apiKeys: RecogniseApiKey;
  readonly #tokens: RecogniseToken;
  readonly #sessions: Sessions;
  readonly #config: GatewayConfig;
  readonly #csrfKey: Buffer;
  /** A key or token that is remembered for a moment is the same caller for that moment. */
  readonly #callers = new WeakMap<object, CallerIdentity>();

  constructor(
    apiKeys: RecogniseApiKey,
    tokens: RecogniseToken,
    sessions: Sessions,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    this.#tokens = tokens;
    this.#apiKeys = apiKeys;
    this.#sessions = sessions;
    this.#config = config;
    this.#csrfKey = keyFor('csrf-token', config.SESSION_SECRET);
  }

  /** Whether the request carries anything that says who sends it. */
  isTried(request: FastifyRequest): boolean {
    return authorizationHeaders(request).length > 0 || sessionTokenOf(request, this.#config) !== undefined;
  }

  /** `scope` is what a key needs for this request. A key in the header goes first; a wrong one is never forgiven for a cookie. */
  async execute(request: FastifyRequest, scope: ApiKeyScope): Promise<Result<KnownCaller, DomainError>> {
    const sent = authorizationHeaders(request);
    if (sent.length > 1) {
      return err(sessionErrors.CREDENTIALS_AMBIGUOUS(`There are ${sent.length} Authorization headers.`));
    }
    const [authorization] = sent;
    if (authorization !== undefined) return this.#byKey(authorization, { scope, ...this.#wayOf(request) });
    const token = sessionTokenOf(request, this.#config);
    if (token !== undefined) return this.#bySession(token, request);
    return err(sessionErrors.CALLER_UNKNOWN('The request carries neither an API key nor a session.'));
  }

  async #byKey(authorization: string, shown: KeyShown): Promise<Result<KnownCaller, DomainError>> {
    const key = /^Bearer +(\S{1,200})$/i.exec(authorization)?.[1];
    if (key === undefined) {
      return err(sessionErrors.CALLER_UNKNOWN('The Authorization header is not "Bearer" and one API key.'));
    }
    if (this.#tokens.looksLikeOne(key)) return this.#byToken(key, shown);
    const found = await this.#apiKeys.execute(key, shown);
    if (!found.ok) return found;
    const { key: apiKey, account } = found.value;
    const identity = this.#machine(found.value, apiKey, apiKey.scopes);
    return ok({ identity, ...knownBy(account), address: addressGroup(shown.address), limitKey: apiKey.id });
  }

  async #byToken(token: string, { scope, address }: KeyShown): Promise<Result<KnownCaller, DomainError>> {
    const found = await this.#tokens.execute(token, scope);
    if (!found.ok) return found;
    const { client, account, scopes } = found.value;
    const identity = this.#machine(found.value, client, scopes);
    return ok({ identity, ...knownBy(account), address: addressGroup(address), limitKey: client.id });
  }

  /** The holder of a key or a token, as services hear of it. */
  #machine(
    found: { readonly account: SignedInAccount },
    { id: subject, name }: { readonly id: string; readonly name: string },
    scopes: readonly string[],
  ): CallerIdentity {
    const known = this.#callers.get(found);
    if (known !== undefined) return known;
    const { organisationId, personas, displayName } = found.account;
    const identity: CallerIdentity = {
      ...{ subject, organisationId, personas, scopes: scopes.flatMap(inServiceWords), via: 'api_key' },
      displayName: `${displayName}: ${name}`.slice(0, 300),
    };
    this.#callers.set(found, identity);
    return identity;
  }

  async #bySession(token: string, request: FastifyRequest): Promise<Result<KnownCaller, DomainError>> {
    const found = await this.#sessions.recognise(token);
    if (!found.ok) return found;
    const session = found.value;
    if (!isSafeMethod(request.method) && !this.#isOurPage(request, session.hash)) {
      return err(
        sessionErrors.CSRF_TOKEN_WRONG('X-CSRF-Token is missing or wrong, or the request comes from another site.'),
      );
    }
    const { account } = session;
    const identity: CallerIdentity = {
      subject: account.id,
      organisationId: account.organisationId,
      personas: account.personas,
      scopes: [],
      via: 'session',
      displayName: account.displayName,
    };
    const address = addressGroup(this.#wayOf(request).address);
    return ok({ identity, ...knownBy(account), address, limitKey: account.id, session });
  }

  /** From where a request came, and whether our own proxy says that it came in the clear. */
  #wayOf(request: FastifyRequest): Pick<KeyShown, 'address' | 'inClear'> {
    const hops = this.#config.TRUSTED_PROXIES;
    const forwarded = request.headers['x-forwarded-for']?.toString();
    const scheme = request.headers['x-forwarded-proto']?.toString().split(',').at(-1)?.trim();
    return {
      address: clientAddress(request.socket.remoteAddress ?? '', forwarded, hops),
      inClear: hops > 0 && isSecure(this.#config) && scheme === 'http',
    };
  }

  /** Token, and what the browser itself says of where the request comes from, where it says so. */
  #isOurPage(request: FastifyRequest, sessionHash: Buffer): boolean {
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (origin !== undefined && origin !== this.#config.PUBLIC_URL) return false;
    if (site !== undefined && site !== 'same-origin') return false;
    return isCsrfToken(this.#csrfKey, sessionHash, request.headers['x-csrf-token']);
  }
}

function knownBy({ id: accountId, email, roles }: SignedInAccount): Pick<KnownCaller, 'accountId' | 'email' | 'roles'> {
  return { accountId, email, roles };
}

/** Node keeps the first of several Authorization headers and hides the others; two readers might differ in which. */
function authorizationHeaders(request: FastifyRequest): string[] {
  const { rawHeaders } = request.raw;
  const found: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() === 'authorization') found.push(rawHeaders[at + 1] ?? '');
  }
  return found;
}

function inServiceWords(scope: string): string[] {
  const [area = '', right = ''] = scope.split(':');
  const word = SERVICE_WORDS[area as ScopeArea];
  return word === undefined ? [scope] : [scope, `${word}:${right}`];
}
