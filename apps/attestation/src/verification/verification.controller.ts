import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Clock, seesEveryTenant, unwrap } from '@hetao/kernel';
import { Allow, Caller, CLOCK, everyone, idParam, type CallerIdentity } from '@hetao/runtime';
import { receiptQuery, type ReceiptQuery } from '../log/log.dto.js';
import { RecordQueries } from '../record/record.queries.js';
import { AttestationReceipts } from '../registration/attestation-receipts.use-cases.js';
import {
  toVerificationDto,
  verificationDto,
  verificationReceiptDto,
  verificationRequestDto,
  type VerificationDto,
  type VerificationReceiptDto,
  type VerificationRequestDto,
} from './verification.dto.js';
import { VerifyAttestation } from './verification.use-cases.js';

/** Receivers verify what holders brought them, and keep a receipt of the answer that anybody can check. */
@ApiTags('attestations')
@Controller('v1/attestation-verifications')
export class VerificationController {
  readonly #verify: VerifyAttestation;
  readonly #receipts: AttestationReceipts;
  readonly #records: RecordQueries;
  readonly #clock: Clock;

  constructor(
    verify: VerifyAttestation,
    receipts: AttestationReceipts,
    records: RecordQueries,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#verify = verify;
    this.#receipts = receipts;
    this.#records = records;
    this.#clock = clock;
  }

  @Post()
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @ApiOkResponse({ standardSchema: verificationDto })
  async verifyAttestation(
    @Body({ schema: verificationRequestDto }) body: VerificationRequestDto,
    @Caller() caller: CallerIdentity,
  ): Promise<VerificationDto> {
    const { consent_id: consentId, purpose, commitment, receipt } = body;
    // What was registered a moment ago must not look like no record.
    await this.#receipts.settle();
    const request = { consentId, purpose, commitment, ...(receipt === undefined ? {} : { receipt }) };
    return toVerificationDto(unwrap(await this.#verify.execute(request, caller.organisationId, this.#clock.now())));
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: verificationDto })
  async getVerification(
    @Param('id', idParam('ver')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<VerificationDto> {
    const receiver = seesEveryTenant(caller) ? null : caller.organisationId;
    return toVerificationDto(unwrap(await this.#verify.get(id, receiver)));
  }

  @Get(':id/receipt')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: verificationReceiptDto })
  async getVerificationReceipt(
    @Param('id', idParam('ver')) id: string,
    @Query({ schema: receiptQuery }) { witnessed }: ReceiptQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<VerificationReceiptDto> {
    const receiver = seesEveryTenant(caller) ? null : caller.organisationId;
    const document = unwrap(await this.#verify.get(id, receiver));
    const record = await this.#records.get(id, caller);
    const receipt = unwrap(await this.#receipts.of(id, witnessed));
    return { document, salt: record?.salt ?? null, receipt };
  }
}
