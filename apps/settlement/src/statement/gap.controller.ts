import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, reasonDto, type CallerIdentity } from '@hetao/runtime';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { statementDto, type StatementDto } from './statement.dto.js';
import { AcceptGap } from './statement.gap.js';
import { StatementQueries } from './statement.queries.js';

@ApiTags('reconciliation')
@Controller('v1/bank-statements')
export class GapController {
  readonly #gaps: AcceptGap;
  readonly #statements: StatementQueries;

  constructor(gaps: AcceptGap, statements: StatementQueries) {
    this.#gaps = gaps;
    this.#statements = statements;
  }

  /** Accepts that the statement does not begin where the one before it ended; until then it blocks the close. */
  @Post(':id/accept-gap')
  @HttpCode(200)
  @Allow('operator')
  @ApiOkResponse({ standardSchema: statementDto })
  async acceptStatementGap(
    @Param('id', idParam('bst')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<StatementDto> {
    unwrap(await this.#gaps.execute({ statementId: id, reason, acceptedBy: caller.subject }));
    return unwrap(await this.#statements.get(id));
  }
}
