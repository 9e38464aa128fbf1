import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, everyone, type CallerIdentity, type Page } from '@hetao/runtime';
import {
  entitlementPageDto,
  entitlementQueryDto,
  type EntitlementDto,
  type EntitlementQueryDto,
} from './entitlement.dto.js';
import { EntitlementQueries } from './entitlement.queries.js';

/** What buyers may use now, and what they might before. */
@ApiTags('entitlements')
@Controller('v1/entitlements')
export class EntitlementController {
  readonly #entitlements: EntitlementQueries;

  constructor(entitlements: EntitlementQueries) {
    this.#entitlements = entitlements;
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: entitlementPageDto })
  listEntitlements(
    @Query({ schema: entitlementQueryDto }) query: EntitlementQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<EntitlementDto>> {
    return this.#entitlements.list(query, caller);
  }
}
