import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, cursorQuery, idParam, type CallerIdentity } from '@hetao/runtime';
import { ruleSetReportDto, type RuleSetReportDto } from './rule-set.dto.js';
import { RuleSetReports } from './rule-set-report.queries.js';
import { RuleSetQueries } from './rule-set.queries.js';

/** What a version, once published, says otherwise about declarations there were: kept, and the exporter's own to see. */
@ApiTags('customs: rule sets')
@Controller('v1/customs/rule-sets/:id/report')
export class RuleSetReportController {
  readonly #versions: RuleSetQueries;
  readonly #reports: RuleSetReports;

  constructor(versions: RuleSetQueries, reports: RuleSetReports) {
    this.#versions = versions;
    this.#reports = reports;
  }

  @Get()
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: ruleSetReportDto })
  async getRuleSetReport(
    @Param('id', idParam('rst')) id: string,
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<RuleSetReportDto> {
    unwrap(await this.#versions.get(id));
    return this.#reports.of(id, query, caller);
  }
}
