import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, Repeatable, type CallerIdentity, type Page } from '@hetao/runtime';
import { HoldQueries } from './holds.queries.js';
import { HoldDeclarations } from './holds.use-cases.js';
import { holdDto, holdPageDto, holdQuery, holdReasonDto, toHoldDto, type HoldDto } from './risk.dto.js';

type Reason = z.output<typeof holdReasonDto>;

/** Holds: one officer, or the risk rules, put them; two officers lift them. */
@ApiTags('customs: board')
@Controller('v1/customs')
export class HoldController {
  readonly #hold: HoldDeclarations;
  readonly #holds: HoldQueries;

  constructor(hold: HoldDeclarations, holds: HoldQueries) {
    this.#hold = hold;
    this.#holds = holds;
  }

  @Get('holds')
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: holdPageDto })
  listHolds(@Query({ schema: holdQuery }) query: z.output<typeof holdQuery>): Promise<Page<HoldDto>> {
    return this.#holds.list(query);
  }

  @Post('declarations/:id/holds')
  @Allow('operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: holdDto })
  async holdDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: holdReasonDto }) { reason }: Reason,
    @Caller() caller: CallerIdentity,
  ): Promise<HoldDto> {
    return toHoldDto(unwrap(await this.#hold.put(id, reason, caller)));
  }

  @Post('holds/:id/ask-to-lift')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: holdDto })
  async askToLiftHold(
    @Param('id', idParam('hld')) id: string,
    @Body({ schema: holdReasonDto }) { reason }: Reason,
    @Caller() caller: CallerIdentity,
  ): Promise<HoldDto> {
    return toHoldDto(unwrap(await this.#hold.askToLift(id, reason, caller)));
  }

  @Post('holds/:id/lift')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: holdDto })
  async liftHold(@Param('id', idParam('hld')) id: string, @Caller() caller: CallerIdentity): Promise<HoldDto> {
    return toHoldDto(unwrap(await this.#hold.lift(id, caller)));
  }
}
