import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { jurisdictions, unwrap } from '@hetao/kernel';
import { idParam, Public } from '@hetao/runtime';
import { findingDto, labelOf, toFindingDto } from '../policy-query/finding.dto.js';
import { localizedDto, text } from '../shared/text.dto.js';
import { ExportReadinessQueries, type Readiness } from './export-readiness.queries.js';

const readinessQuery = z.object({
  buyer_place: z.enum([...jurisdictions, 'OTHER']),
  purpose: text(100).optional().describe('As an agreement would name it; left out: the product is bought'),
});
const readinessDto = z
  .object({
    product_id: z.string(),
    product_version: z.int(),
    buyer_place: z.string(),
    answer: z
      .enum(['free', 'after_procedure', 'depends', 'person_decides', 'no'])
      .describe('free: nothing to hand in; depends: the open questions decide'),
    working_days: z.object({
      least: z.int(),
      most: z.int(),
      extendable: z.boolean(),
      unlimited: z.array(z.string()).describe('Procedures for which no statute names a limit'),
    }),
    latest_decision: z.object({ date: z.string().nullable(), problem: z.string().nullable() }),
    assumptions: z
      .array(
        z.object({
          fact: z.string(),
          question: localizedDto,
          value: z.union([z.string(), z.number(), z.boolean()]),
          text: localizedDto,
        }),
      )
      .describe('What is taken for granted and would change the answer if it were otherwise'),
    finding: findingDto,
  })
  .meta({ id: 'ExportReadiness' });
type ReadinessDto = z.output<typeof readinessDto>;

/** For the product page and for machines: from what the product says it holds, and where the buyer is. */
@ApiTags('customs: policy query')
@Controller('v1/customs/products')
export class ExportReadinessController {
  readonly #readiness: ExportReadinessQueries;

  constructor(readiness: ExportReadinessQueries) {
    this.#readiness = readiness;
  }

  @Get(':id/export-readiness')
  @Public()
  @ApiOkResponse({ standardSchema: readinessDto })
  async getExportReadiness(
    @Param('id', idParam('prd')) id: string,
    @Query({ schema: readinessQuery }) query: z.output<typeof readinessQuery>,
  ): Promise<ReadinessDto> {
    const question = { buyerPlace: query.buyer_place, purpose: query.purpose ?? null };
    return toReadinessDto(unwrap(await this.#readiness.of(id, question)), query.buyer_place);
  }
}

function toReadinessDto(readiness: Readiness, buyerPlace: string): ReadinessDto {
  const { product, ruleSet, state, assumed, workingDays, latestDecision } = readiness;
  return {
    product_id: product.productId,
    product_version: product.version,
    buyer_place: buyerPlace,
    answer: readiness.answer,
    working_days: workingDays,
    latest_decision: latestDecision,
    assumptions: ruleSet.facts
      .filter(({ key }) => assumed.includes(key))
      .map((fact) => {
        const value = state.facts[fact.key] ?? '';
        return { fact: fact.key, question: fact.question, value, text: labelOf(fact, value) };
      }),
    finding: toFindingDto(readiness),
  };
}
