import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Clock } from '@hetao/kernel';
import { Allow, Caller, CLOCK, cursorQuery, type CallerIdentity, type Page } from '@hetao/runtime';
import { declarationPageDto, type DeclarationDto } from '../declaration/declaration.dto.js';
import { declarationTransitions } from '../declaration/declaration.js';
import { mainlandYear } from '../shared/reader.js';
import { BoardQueries, type StatisticsRow } from './board.queries.js';
import { iCalendar } from './icalendar.js';

const boardQuery = cursorQuery.extend({ status: z.enum(declarationTransitions.states).optional() });
const yearQuery = z.object({ year: z.coerce.number().int().min(2020).max(2100).optional() });
const statisticsDto = z
  .object({
    year: z.int(),
    data: z.array(
      z.object({
        pathway: z.string(),
        destination: z.string(),
        status: z.string(),
        declarations: z.int(),
        median_days_to_release: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'CustomsStatistics' });

/** The officers' desk: what waits, by clock; how much of what; the due days as a calendar. */
@ApiTags('customs: board')
@Controller('v1/customs')
export class BoardController {
  readonly #board: BoardQueries;
  readonly #clock: Clock;

  constructor(board: BoardQueries, @Inject(CLOCK) clock: Clock) {
    this.#board = board;
    this.#clock = clock;
  }

  @Get('board')
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: declarationPageDto })
  listBoard(@Query({ schema: boardQuery }) query: z.output<typeof boardQuery>): Promise<Page<DeclarationDto>> {
    return this.#board.queue(query);
  }

  @Get('statistics')
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: statisticsDto })
  async getCustomsStatistics(
    @Query({ schema: yearQuery }) query: z.output<typeof yearQuery>,
  ): Promise<{ year: number; data: readonly StatisticsRow[] }> {
    const year = query.year ?? mainlandYear(this.#clock.now());
    return { year, data: await this.#board.statistics(year) };
  }

  @Get('clocks.ics')
  @Allow('merchant', 'operator', 'auditor')
  @Header('content-type', 'text/calendar; charset=utf-8')
  async getClockCalendar(@Caller() caller: CallerIdentity): Promise<string> {
    const stamp = this.#clock
      .now()
      .toISOString()
      .replaceAll(/[-:]|\.\d{3}/g, '');
    return iCalendar(await this.#board.dueDays(caller), stamp);
  }
}
