import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, type CallerIdentity } from '@hetao/runtime';
import { comparisonDto, toComparisonDto, type ComparisonDto } from '../declaration/review.dto.js';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import { ProductChanges } from './product-changes.queries.js';

/** Holds a declaration against its product as the catalog describes it today. */
@ApiTags('customs: declarations')
@Controller('v1/customs/declarations/:id/product-changes')
export class ProductChangesController {
  readonly #changes: ProductChanges;
  readonly #ruleSets: RuleSetQueries;

  constructor(changes: ProductChanges, ruleSets: RuleSetQueries) {
    this.#changes = changes;
    this.#ruleSets = ruleSets;
  }

  @Get()
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: comparisonDto })
  async compareWithProduct(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ComparisonDto> {
    return toComparisonDto(unwrap(await this.#changes.of(id, caller)), (await this.#ruleSets.active()).ruleSet);
  }
}
