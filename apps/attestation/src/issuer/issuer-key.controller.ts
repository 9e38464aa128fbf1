import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  cursorQuery,
  everyone,
  idParam,
  pageOf,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import { issuerKeyDto, newKeyDto, toIssuerKeyDto, type IssuerKeyDto } from './issuer-key.dto.js';
import { IssuerKeys } from './issuer-key.use-cases.js';

/** Issuers bring their keys; the operator says which are believed. */
@ApiTags('attestations')
@Controller('v1/attestation-issuer-keys')
export class IssuerKeyController {
  readonly #keys: IssuerKeys;

  constructor(keys: IssuerKeys) {
    this.#keys = keys;
  }

  @Post()
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: issuerKeyDto })
  async proposeIssuerKey(
    @Body({ schema: newKeyDto }) { public_key: key }: z.output<typeof newKeyDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<IssuerKeyDto> {
    return toIssuerKeyDto(unwrap(await this.#keys.propose(caller.organisationId, key.x)));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: pageOf(issuerKeyDto).meta({ id: 'IssuerKeyPage' }) })
  async listIssuerKeys(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
  ): Promise<Page<IssuerKeyDto>> {
    const [after = ''] = afterCursor(query.cursor, {}) ?? [];
    const rows = await this.#keys.list(String(after), query.limit + 1);
    const page = cursorPage(rows, query.limit, (row) => [row.id], {});
    return { ...page, data: page.data.map(toIssuerKeyDto) };
  }

  @Post(':id/trust')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: issuerKeyDto })
  async trustIssuerKey(
    @Param('id', idParam('isk')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<IssuerKeyDto> {
    return toIssuerKeyDto(unwrap(await this.#keys.decide(id, 'trusted', caller.subject)));
  }

  @Post(':id/distrust')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: issuerKeyDto })
  async distrustIssuerKey(
    @Param('id', idParam('isk')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<IssuerKeyDto> {
    return toIssuerKeyDto(unwrap(await this.#keys.decide(id, 'distrusted', caller.subject)));
  }
}
