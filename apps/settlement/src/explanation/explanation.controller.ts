import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, type CallerIdentity } from '@hetao/runtime';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { explanationDto, lineParam, type ExplanationDto } from './explanation.dto.js';
import { ExplanationQueries } from './explanation.queries.js';

@ApiTags('settlement')
@Controller('v1/invoices')
export class ExplanationController {
  readonly #explanations: ExplanationQueries;

  constructor(explanations: ExplanationQueries) {
    this.#explanations = explanations;
  }

  @Get(':id/lines/:line/explanation')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: explanationDto })
  async explainInvoiceLine(
    @Param('id', idParam('inv')) id: string,
    @Param('line', lineParam) line: number,
    @Caller() caller: CallerIdentity,
  ): Promise<ExplanationDto> {
    return unwrap(await this.#explanations.explain(id, line, caller));
  }
}
