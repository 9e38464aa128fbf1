import { Body, Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  cursorPage,
  cursorQuery,
  everyone,
  idParam,
  idSchema,
  pageOf,
  Repeatable,
  Scope,
  type Page,
} from '@hetao/runtime';
import { apiKeyScopes } from '../api-key/api-key.js';
import { CallerRegister } from '../session/caller.register.js';
import type { ApiClient } from './api-client.js';
import { ApiClients } from './api-clients.use-cases.js';

const jwk = z.looseObject({
  kty: z.string().max(10),
  crv: z.string().max(20).optional(),
  kid: z.string().max(100).optional(),
});
const newClient = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    jwks: z.strictObject({ keys: z.array(jwk).max(8) }).describe('Public keys alone (RFC 7517): EC P-256 or Ed25519'),
    scopes: z.array(z.enum(apiKeyScopes)).min(1).max(apiKeyScopes.length),
  })
  .meta({ id: 'NewApiClient' });
const clientDto = z
  .object({
    id: idSchema('cli').describe('The client_id at /oidc/token'),
    name: z.string(),
    organisation_id: z.string(),
    key_ids: z.array(z.string()),
    scopes: z.array(z.string()),
    created_at: z.iso.datetime(),
    revoked_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiClient' });
type ClientDto = z.output<typeof clientDto>;

/** Machines that prove themselves with a key of their own: client credentials with private_key_jwt (RFC 7523). */
@ApiTags('api-clients')
@Controller('v1/api-clients')
@Allow(...everyone)
export class ApiClientController {
  readonly #clients: ApiClients;
  readonly #register: CallerRegister;

  constructor(clients: ApiClients, register: CallerRegister) {
    this.#clients = clients;
    this.#register = register;
  }

  @Post()
  @Repeatable()
  @Scope('identity:write')
  @ApiOperation({
    summary: 'Register a client',
    description:
      'Its access tokens come from /oidc/token (client_credentials, private_key_jwt) and are good for ten minutes.',
  })
  @ApiCreatedResponse({ standardSchema: clientDto })
  async registerApiClient(
    @Body({ schema: newClient }) { name, jwks, scopes }: z.output<typeof newClient>,
    @Req() request: FastifyRequest,
  ): Promise<ClientDto> {
    const { identity, accountId } = this.#register.require(request);
    const callerScopes = identity.via === 'api_key' ? identity.scopes : null;
    const actor = { ...this.#register.actorOf(request), accountId };
    return toDto(unwrap(await this.#clients.register({ name, keys: jwks.keys, scopes, callerScopes }, actor)));
  }

  @Get()
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'List the clients of your organisation' })
  @ApiOkResponse({ standardSchema: pageOf(clientDto).meta({ id: 'ApiClientPage' }) })
  async listApiClients(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Req() request: FastifyRequest,
  ): Promise<Page<ClientDto>> {
    const { organisationId } = this.#register.require(request).identity;
    const [afterId = ''] = afterCursor(query.cursor, {}) ?? [];
    const rows = await this.#clients.list(organisationId, String(afterId), query.limit + 1);
    const page = cursorPage(rows, query.limit, ({ id }) => [id], {});
    return { ...page, data: page.data.map(toDto) };
  }

  @Delete(':id')
  @Scope('identity:write')
  @ApiOperation({ summary: 'Revoke a client', description: 'Its tokens stop with the next request.' })
  @ApiOkResponse({ standardSchema: clientDto })
  async revokeApiClient(@Param('id', idParam('cli')) id: string, @Req() request: FastifyRequest): Promise<ClientDto> {
    return toDto(unwrap(await this.#clients.revoke(id, this.#register.actorOf(request))));
  }
}

function toDto({ id, name, organisationId, keys, scopes, createdAt, revokedAt }: ApiClient): ClientDto {
  return {
    ...{ id, name, organisation_id: organisationId, key_ids: keys.map(({ kid }) => kid ?? ''), scopes: [...scopes] },
    ...{ created_at: createdAt.toISOString(), revoked_at: revokedAt?.toISOString() ?? null },
  };
}
