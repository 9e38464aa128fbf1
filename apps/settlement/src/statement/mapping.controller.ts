import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Idempotent, type CallerIdentity, type Page } from '@hetao/runtime';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  mappingDto,
  mappingPageDto,
  mappingQueryDto,
  newMappingDto,
  type MappingDto,
  type MappingQueryDto,
  type NewMappingDto,
} from './mapping.dto.js';
import { MappingStore } from './mapping.store.js';

@ApiTags('reconciliation')
@Controller('v1/bank-statement-mappings')
@Allow('operator', 'auditor', 'system')
export class MappingController {
  readonly #mappings: MappingStore;

  constructor(mappings: MappingStore) {
    this.#mappings = mappings;
  }

  /** Saves how a bank writes its CSV files; the same name again is its next version. */
  @Post()
  @Allow('operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: mappingDto })
  saveCsvMapping(
    @Body({ schema: newMappingDto }) body: NewMappingDto,
    @Caller() caller: CallerIdentity,
  ): Promise<MappingDto> {
    return this.#mappings.add(body, caller.subject);
  }

  @Get()
  @ApiOkResponse({ standardSchema: mappingPageDto })
  listCsvMappings(@Query({ schema: mappingQueryDto }) query: MappingQueryDto): Promise<Page<MappingDto>> {
    return this.#mappings.list(query);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: mappingDto })
  async getCsvMapping(@Param('id', idParam('cmp')) id: string): Promise<MappingDto> {
    return unwrap(await this.#mappings.find(id));
  }
}
