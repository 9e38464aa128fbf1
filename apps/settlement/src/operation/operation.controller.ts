import { unwrap } from '@hetao/kernel';
import { Allow, idParam } from '@hetao/runtime';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { operationDto, type OperationDto } from './operation.dto.js';
import { OperationQueries } from './operation.queries.js';

@ApiTags('settlement')
@Controller('v1/settlement/operations')
@Allow('operator', 'auditor', 'system')
export class OperationController {
  readonly #operations: OperationQueries;

  constructor(operations: OperationQueries) {
    this.#operations = operations;
  }

  /** How far a long import has come, and what came of it. */
  @Get(':id')
  @ApiOkResponse({ standardSchema: operationDto })
  async getOperation(@Param('id', idParam('opn')) id: string): Promise<OperationDto> {
    return unwrap(await this.#operations.get(id));
  }
}
