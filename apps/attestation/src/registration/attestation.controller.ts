import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap, type Clock } from '@hetao/kernel';
import type { Receipt } from '@hetao/proofs';
import {
  afterCursor,
  Allow,
  Caller,
  CLOCK,
  cursorPage,
  cursorQuery,
  everyone,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import { receiptDto, receiptQuery, type ReceiptQuery } from '../log/log.dto.js';
import {
  attestationDto,
  attestationPageDto,
  registrationDto,
  revocationDto,
  toAttestationDto,
  type AttestationDto,
  type RegistrationDto,
  type RevocationDto,
} from './attestation.dto.js';
import { AttestationQueries } from './attestation.queries.js';
import { AttestationReceipts } from './attestation-receipts.use-cases.js';
import { Attestations, checkedStatement } from './attestation.use-cases.js';

/** Issuers register what they issued, by commitment: the file never comes here. */
@ApiTags('attestations')
@Controller('v1/attestations')
export class AttestationController {
  readonly #commands: Attestations;
  readonly #attestations: AttestationQueries;
  readonly #receipts: AttestationReceipts;
  readonly #clock: Clock;

  constructor(
    commands: Attestations,
    attestations: AttestationQueries,
    receipts: AttestationReceipts,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#commands = commands;
    this.#attestations = attestations;
    this.#receipts = receipts;
    this.#clock = clock;
  }

  @Post()
  @Allow('merchant', 'buyer')
  @ApiCreatedResponse({ standardSchema: attestationDto })
  async registerAttestation(
    @Body({ schema: registrationDto }) body: RegistrationDto,
    @Caller() caller: CallerIdentity,
  ): Promise<AttestationDto> {
    const signed = unwrap(await checkedStatement(body.signed, caller));
    const { id } = unwrap(await this.#commands.register(signed, body.holder_id));
    await this.#receipts.settle();
    return this.#render(id, caller);
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: attestationPageDto })
  async listAttestations(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<AttestationDto>> {
    const [after = ''] = afterCursor(query.cursor, {}) ?? [];
    const rows = await this.#attestations.list(caller, String(after), query.limit + 1);
    const page = cursorPage(rows, query.limit, (row) => [row.id], {});
    const now = this.#clock.now();
    return { ...page, data: page.data.map((attestation) => toAttestationDto(attestation, now)) };
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: attestationDto })
  getAttestation(@Param('id', idParam('att')) id: string, @Caller() caller: CallerIdentity): Promise<AttestationDto> {
    return this.#render(id, caller);
  }

  @Get(':id/receipt')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: receiptDto })
  async getAttestationReceipt(
    @Param('id', idParam('att')) id: string,
    @Query({ schema: receiptQuery }) { witnessed }: ReceiptQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Receipt> {
    unwrap(await this.#attestations.get(id, caller));
    return unwrap(await this.#receipts.of(id, witnessed));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: attestationDto })
  async revokeAttestation(
    @Param('id', idParam('att')) id: string,
    @Body({ schema: revocationDto }) { reason }: RevocationDto,
    @Caller() caller: CallerIdentity,
  ): Promise<AttestationDto> {
    return toAttestationDto(unwrap(await this.#commands.revoke(id, reason, caller)), this.#clock.now());
  }

  async #render(id: string, caller: CallerIdentity): Promise<AttestationDto> {
    return toAttestationDto(unwrap(await this.#attestations.get(id, caller)), this.#clock.now());
  }
}
