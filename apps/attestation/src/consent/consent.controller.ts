import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { seesEveryTenant, unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import {
  consentDto,
  consentPageDto,
  newConsentDto,
  toConsentDto,
  type ConsentDto,
  type NewConsentDto,
} from './consent.dto.js';
import { Consents } from './consent.use-cases.js';

/** Holders decide who may verify what they carry. */
@ApiTags('attestations')
@Controller('v1/attestation-consents')
export class ConsentController {
  readonly #consents: Consents;

  constructor(consents: Consents) {
    this.#consents = consents;
  }

  @Post()
  @Allow('merchant', 'buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: consentDto })
  async giveConsent(
    @Body({ schema: newConsentDto }) body: NewConsentDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ConsentDto> {
    const { attestation_id, receiver_id, purpose, valid_until } = body;
    const validUntil = new Date(valid_until);
    const terms = { attestationId: attestation_id, receiverId: receiver_id, purpose, validUntil };
    return toConsentDto(unwrap(await this.#consents.give(terms, caller)));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: consentPageDto })
  async listConsents(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ConsentDto>> {
    const [after = ''] = afterCursor(query.cursor, {}) ?? [];
    const party = seesEveryTenant(caller) ? null : caller.organisationId;
    const rows = await this.#consents.list(party, String(after), query.limit + 1);
    const page = cursorPage(rows, query.limit, (row) => [row.id], {});
    return { ...page, data: page.data.map(toConsentDto) };
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: consentDto })
  async withdrawConsent(
    @Param('id', idParam('cns')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ConsentDto> {
    return toConsentDto(unwrap(await this.#consents.withdraw(id, caller.organisationId)));
  }
}
