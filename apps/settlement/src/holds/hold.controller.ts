import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, reasonDto, type CallerIdentity, type Page } from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { holdDto, holdPageDto, holdQueryDto, type HoldDto, type HoldQueryDto } from './hold.dto.js';
import { HoldQueries } from './hold.queries.js';
import { VoidHold } from './hold.use-cases.js';

@ApiTags('ledger')
@Controller('v1/ledger/holds')
@Allow('operator', 'auditor', 'system')
export class HoldController {
  readonly #holds: HoldQueries;
  readonly #void: VoidHold;

  constructor(holds: HoldQueries, voidHold: VoidHold) {
    this.#holds = holds;
    this.#void = voidHold;
  }

  @Get()
  @ApiOkResponse({ standardSchema: holdPageDto })
  listHolds(@Query({ schema: holdQueryDto }) query: HoldQueryDto): Promise<Page<HoldDto>> {
    return this.#holds.list(query);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: holdDto })
  async getHold(@Param('id', idParam('hld')) id: string): Promise<HoldDto> {
    return unwrap(await this.#holds.get(id));
  }

  /** Gives a reserve up. Repeating it finds it given up. */
  @Post(':id/void')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ description: 'The hold is void and its money free' })
  async voidHold(
    @Param('id', idParam('hld')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<{ id: string; state: string }> {
    const { holdId, state } = unwrap(await this.#void.execute(id, { by: caller.subject, reason }));
    return { id: holdId, state };
  }
}
