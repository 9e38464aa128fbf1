import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainException, seesEveryTenant, unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  type CallerIdentity,
  cursorPage,
  everyone,
  Idempotent,
  idParam,
  type Page,
  pageOf,
  reasonDto,
} from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { entitlementErrors } from '../entitlement/entitlement.errors.js';
import { CorrectionCommands } from './correction.commands.js';
import {
  type AdjustmentDto,
  adjustmentDto,
  type CorrectionDto,
  correctionDto,
  correctionsQuery,
  type NewCorrection,
  newCorrection,
  toAdjustmentDto,
  toCorrectionDto,
} from './correction.dto.js';
import { CorrectionQueries } from './correction.queries.js';

@Controller('v1/usage')
export class CorrectionController {
  constructor(
    private readonly commands: CorrectionCommands,
    private readonly corrections: CorrectionQueries,
    private readonly entitlements: EntitlementQueries,
  ) {}

  @Post('corrections')
  @Allow('operator', 'merchant')
  @Idempotent()
  @ApiOperation({ summary: 'Propose to void or replace events; the answer foresees what that changes, also in money' })
  @ApiCreatedResponse({ standardSchema: correctionDto })
  async proposeCorrection(
    @Body({ schema: newCorrection }) body: NewCorrection,
    @Caller() caller: CallerIdentity,
  ): Promise<CorrectionDto> {
    await this.#assertCorrects(caller, body.agreement_id);
    return toCorrectionDto(unwrap(await this.commands.propose(body, caller.subject)));
  }

  @Get('corrections')
  @Allow(...everyone)
  @ApiOperation({ summary: 'Corrections of an agreement, in the order in which they were proposed' })
  @ApiOkResponse({ standardSchema: pageOf(correctionDto).meta({ id: 'UsageCorrectionPage' }) })
  async listCorrections(
    @Query({ schema: correctionsQuery }) query: z.output<typeof correctionsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<CorrectionDto>> {
    const { agreement_id: agreementId, limit, cursor } = query;
    await this.entitlements.assertReadable(caller, agreementId);
    const [after = ''] = afterCursor(cursor, { agreementId }) ?? [];
    const rows = await this.corrections.list(agreementId, String(after), limit + 1);
    const page = cursorPage(rows, limit, (row) => [row.correctionId], { agreementId });
    return { ...page, data: page.data.map(toCorrectionDto) };
  }

  @Get('corrections/:id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: correctionDto })
  async getCorrection(
    @Param('id', idParam('cor')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<CorrectionDto> {
    return toCorrectionDto(await this.corrections.find(id, caller));
  }

  @Post('corrections/:id/approve')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOperation({ summary: 'Apply a correction that somebody else proposed' })
  @ApiOkResponse({ standardSchema: correctionDto })
  async approveCorrection(
    @Param('id', idParam('cor')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<CorrectionDto> {
    return toCorrectionDto(unwrap(await this.commands.decide(id, true, caller.subject, null)));
  }

  @Post('corrections/:id/reject')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: correctionDto })
  async rejectCorrection(
    @Param('id', idParam('cor')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<CorrectionDto> {
    return toCorrectionDto(unwrap(await this.commands.decide(id, false, caller.subject, reason)));
  }

  @Post('corrections/:id/revert')
  @Allow('operator', 'merchant')
  @Idempotent()
  @ApiOperation({ summary: 'Propose to take an applied correction back; somebody else approves it' })
  @ApiCreatedResponse({ standardSchema: correctionDto })
  async revertCorrection(
    @Param('id', idParam('cor')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<CorrectionDto> {
    const original = await this.corrections.find(id, caller);
    await this.#assertCorrects(caller, original.agreementId);
    return toCorrectionDto(unwrap(await this.commands.revert(id, { reason, proposedBy: caller.subject })));
  }

  @Get('adjustments')
  @Allow(...everyone)
  @ApiOperation({ summary: 'What closed months are counted otherwise, and in which month that is charged' })
  @ApiOkResponse({ standardSchema: pageOf(adjustmentDto).meta({ id: 'UsageAdjustmentPage' }) })
  async listUsageAdjustments(
    @Query({ schema: correctionsQuery }) query: z.output<typeof correctionsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<AdjustmentDto>> {
    const { agreement_id: agreementId, limit, cursor } = query;
    await this.entitlements.assertReadable(caller, agreementId);
    const [after = ''] = afterCursor(cursor, { agreementId }) ?? [];
    const rows = await this.corrections.adjustments(agreementId, String(after), limit + 1);
    const page = cursorPage(rows, limit, (row) => [row.adjustmentId], { agreementId });
    return { ...page, data: page.data.map(toAdjustmentDto) };
  }

  /** The side that serves corrects what it reported, or the exchange does; a buyer cannot lower its own bill. */
  async #assertCorrects(caller: CallerIdentity, agreementId: string): Promise<void> {
    const { merchantId } = await this.entitlements.readableParties(caller, agreementId);
    if (seesEveryTenant(caller) || caller.organisationId === merchantId) return;
    throw new DomainException(
      entitlementErrors.USAGE_AGREEMENT_UNKNOWN(`No agreement ${agreementId} whose usage you may correct.`, {
        pointer: '/agreement_id',
      }),
    );
  }
}
