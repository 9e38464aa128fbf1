import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  everyone,
  idParam,
  Idempotent,
  reasonDto,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  adjustmentDto,
  adjustmentPageDto,
  adjustmentQueryDto,
  type AdjustmentDto,
  type AdjustmentQueryDto,
} from './adjustment.dto.js';
import { AdjustmentQueries } from './adjustment.queries.js';

@ApiTags('settlement')
@Controller('v1/settlement/adjustments')
export class AdjustmentController {
  readonly #adjustments: AdjustmentQueries;

  constructor(adjustments: AdjustmentQueries) {
    this.#adjustments = adjustments;
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: adjustmentPageDto })
  listUsageAdjustments(
    @Query({ schema: adjustmentQueryDto }) query: AdjustmentQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<AdjustmentDto>> {
    return this.#adjustments.list(query, caller);
  }

  /** Ends an adjustment that is owed and that no credit note has room for; the reason says how it was settled. */
  @Post(':id/settled-outside')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: adjustmentDto })
  async settleUsageAdjustmentOutside(
    @Param('id', idParam('adj')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<AdjustmentDto> {
    return unwrap(await this.#adjustments.settledOutside(id, caller.subject, reason));
  }
}
