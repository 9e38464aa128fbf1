import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, type CallerIdentity, type Page } from '@hetao/runtime';
import {
  declarationChangeDto,
  declarationContentDto,
  declarationDto,
  declarationPageDto,
  declarationQuery,
  toChange,
  toDeclarationDto,
  toReplacement,
  type DeclarationChangeDto,
  type DeclarationContentDto,
  type DeclarationDto,
} from './declaration.dto.js';
import { DeclarationQueries } from './declaration.queries.js';
import { WriteDeclaration } from './declaration.use-cases.js';
import { toForm } from './form.dto.js';

/** Declarations as exporters write and everybody concerned reads them. */
@ApiTags('customs: declarations')
@Controller('v1/customs/declarations')
export class DeclarationController {
  readonly #write: WriteDeclaration;
  readonly #declarations: DeclarationQueries;

  constructor(write: WriteDeclaration, declarations: DeclarationQueries) {
    this.#write = write;
    this.#declarations = declarations;
  }

  @Post()
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: declarationDto })
  async draftDeclaration(
    @Body({ schema: declarationContentDto }) body: DeclarationContentDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return toDeclarationDto(unwrap(await this.#write.draft({ form: toForm(body.form), facts: body.facts }, caller)));
  }

  @Get()
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: declarationPageDto })
  listDeclarations(
    @Query({ schema: declarationQuery }) query: z.output<typeof declarationQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<DeclarationDto>> {
    return this.#declarations.list(query, caller);
  }

  @Get(':id')
  @Allow('merchant', 'operator', 'auditor')
  @ApiOkResponse({ standardSchema: declarationDto })
  async getDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return toDeclarationDto(unwrap(await this.#declarations.get(id, caller)));
  }

  @Put(':id')
  @Allow('merchant')
  @ApiOkResponse({ standardSchema: declarationDto })
  async reviseDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: declarationContentDto }) body: DeclarationContentDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return toDeclarationDto(unwrap(await this.#write.revise(id, toReplacement(body), caller)));
  }

  /** Changes only what is named, such as the answers a prefilled draft still lacks. */
  @Patch(':id')
  @Allow('merchant')
  @ApiOkResponse({ standardSchema: declarationDto })
  async changeDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: declarationChangeDto }) body: DeclarationChangeDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return toDeclarationDto(unwrap(await this.#write.revise(id, toChange(body), caller)));
  }
}
