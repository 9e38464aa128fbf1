import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, Scope, type CallerIdentity, type Page } from '@hetao/runtime';
import { Door } from '../routing/door.hook.js';
import { IssueManifest } from './issue-manifest.use-cases.js';
import {
  manifestDraftDto,
  manifestDto,
  manifestPageDto,
  manifestQuery,
  toManifestDto,
  type ManifestDraftDto,
  type ManifestDto,
  type ManifestQuery,
} from './manifest.dto.js';
import { ManifestQueries } from './manifest.queries.js';

/** Which bytes of a file each recipient is given: to check ranges by, and to know a leaked copy by. */
@ApiTags('deliveries')
@Controller('v1/delivery-manifests')
@Allow(...everyone)
export class ManifestController {
  readonly #issue: IssueManifest;
  readonly #manifests: ManifestQueries;
  readonly #door: Door;

  constructor(issue: IssueManifest, manifests: ManifestQueries, door: Door) {
    this.#issue = issue;
    this.#manifests = manifests;
    this.#door = door;
  }

  @Post()
  @Scope('delivery:read', 'delivery:write')
  @ApiOperation({
    summary: 'Have a licensed file read once, and its hashes signed for you',
    description: 'The same bytes under the same agreement have one manifest, however often it is asked for.',
  })
  @ApiCreatedResponse({ standardSchema: manifestDto })
  async issueDeliveryManifest(
    @Body({ schema: manifestDraftDto }) { agreement_id: agreementId, path, purpose }: ManifestDraftDto,
    @Caller() { organisationId }: CallerIdentity,
    @Req() request: FastifyRequest,
  ): Promise<ManifestDto> {
    const from = { address: this.#door.addressOf(request), requestId: String(request.headers['x-request-id']) };
    const wish = { agreementId, organisationId, path, purpose: purpose ?? null, ...from };
    return toManifestDto(unwrap(await this.#issue.execute(wish)));
  }

  @Get()
  @Scope('delivery:read', 'delivery:write')
  @ApiOperation({ summary: 'List manifests, newest first; by the hash of a file: to whom it was given' })
  @ApiOkResponse({ standardSchema: manifestPageDto })
  listDeliveryManifests(
    @Query({ schema: manifestQuery }) query: ManifestQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ManifestDto>> {
    return this.#manifests.list(query, caller);
  }

  @Get(':id')
  @Scope('delivery:read', 'delivery:write')
  @ApiOperation({ summary: 'Read a manifest' })
  @ApiOkResponse({ standardSchema: manifestDto })
  async getDeliveryManifest(
    @Param('id', idParam('dmf')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ManifestDto> {
    return unwrap(await this.#manifests.get(id, caller));
  }
}
