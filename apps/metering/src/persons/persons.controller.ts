import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainException, seesTenant } from '@hetao/kernel';
import { Allow, Caller, type CallerIdentity } from '@hetao/runtime';
import { entitlementErrors } from '../entitlement/entitlement.errors.js';
import { PersonsQueries } from './persons.queries.js';

const personsQuery = z.object({
  exporter_id: z.string().min(1).max(64).optional().describe("The exporting merchant; one's own by default"),
  year: z.coerce.number().int().min(1970).max(9999).describe('Calendar year of the mainland of China'),
});

const personsDto = z
  .object({
    exporter_id: z.string(),
    year: z.int(),
    general: z.int().describe('Persons whose data, none of it sensitive, left; each once'),
    sensitive: z.int().describe('Persons whose sensitive data left; each once'),
    counted_at: z.string().nullable().describe('When the last new person was counted'),
  })
  .meta({ id: 'DeliveredPersons' });

@Controller('v1/usage/persons')
export class PersonsController {
  constructor(private readonly persons: PersonsQueries) {}

  @Get()
  @Allow('merchant', 'operator', 'auditor', 'system')
  @ApiOperation({ summary: 'How many persons’ data an exporter sent across the border in a calendar year' })
  @ApiOkResponse({ standardSchema: personsDto })
  async countDeliveredPersons(
    @Query({ schema: personsQuery }) { year, exporter_id }: z.output<typeof personsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof personsDto>> {
    const exporterId = exporter_id ?? caller.organisationId;
    if (!seesTenant(caller, exporterId)) {
      throw new DomainException(
        entitlementErrors.USAGE_AGREEMENT_UNKNOWN(`There is no exporter ${exporterId} that you may read.`, {
          pointer: '/exporter_id',
        }),
      );
    }
    const count = await this.persons.count(exporterId, year);
    return {
      exporter_id: exporterId,
      year,
      general: count?.general ?? 0,
      sensitive: count?.sensitive ?? 0,
      counted_at: count?.countedAt.toISOString() ?? null,
    };
  }
}
