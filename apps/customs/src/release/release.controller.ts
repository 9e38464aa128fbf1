import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  everyone,
  Idempotent,
  idParam,
  Public,
  SERVICE_CONFIG,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { CustomsConfig } from '../customs.config.js';
import { IssueRelease } from './issue-release.use-cases.js';
import {
  newReleaseDto,
  releaseDto,
  releaseKeysDto,
  toReleaseDto,
  type ReleaseDto,
  releaseListQuery,
  releasePageDto,
  type ReleaseListQuery,
} from './release.dto.js';
import { ReleaseQueries } from './release.queries.js';

/** Releases: made by a second officer, read by exporter and recipient, checked by anybody with the public keys. */
@ApiTags('customs: releases')
@Controller('v1/customs')
export class ReleaseController {
  readonly #issue: IssueRelease;
  readonly #releases: ReleaseQueries;
  readonly #config: CustomsConfig;

  constructor(issue: IssueRelease, releases: ReleaseQueries, @Inject(SERVICE_CONFIG) config: CustomsConfig) {
    this.#issue = issue;
    this.#releases = releases;
    this.#config = config;
  }

  @Post('declarations/:id/release')
  @Allow('operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: releaseDto })
  async issueRelease(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: newReleaseDto }) body: z.output<typeof newReleaseDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<ReleaseDto> {
    return toReleaseDto(
      unwrap(await this.#issue.execute(id, { quota: body.quota, validFrom: body.valid_from ?? null }, caller)),
    );
  }

  @Get('releases')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: releasePageDto })
  listReleases(
    @Query({ schema: releaseListQuery }) query: ReleaseListQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ReleaseDto>> {
    return this.#releases.list(query, caller);
  }

  @Get('releases/:id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: releaseDto })
  async getRelease(@Param('id', idParam('rel')) id: string, @Caller() caller: CallerIdentity): Promise<ReleaseDto> {
    return toReleaseDto(unwrap(await this.#releases.get(id, caller)));
  }

  @Get('release-keys')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ standardSchema: releaseKeysDto })
  getReleaseKeys(): z.output<typeof releaseKeysDto> {
    const { kty, crv, x, kid } = this.#config.RELEASE_PRIVATE_KEY;
    return { keys: [{ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }] };
  }
}
