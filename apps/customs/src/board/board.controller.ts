import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Allow, cursorQuery, type Page } from '@hetao/runtime';
import {
  boardPageDto,
  boardQuery,
  unreleasedPageDto,
  type BoardEntryDto,
  type BoardQuery,
  type UnreleasedDto,
} from './board.dto.js';
import { BoardQueries } from './board.queries.js';

/** The officers' desk: what waits, by state and clock, what holds it, and what should not have happened. */
@ApiTags('customs: board')
@Controller('v1/customs/board')
export class BoardController {
  readonly #board: BoardQueries;

  constructor(board: BoardQueries) {
    this.#board = board;
  }

  @Get()
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: boardPageDto })
  listBoard(@Query({ schema: boardQuery }) query: BoardQuery): Promise<Page<BoardEntryDto>> {
    return this.#board.queue(query);
  }

  @Get('unreleased')
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: unreleasedPageDto })
  listUnreleasedDeliveries(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
  ): Promise<Page<UnreleasedDto>> {
    return this.#board.unreleased(query);
  }
}
