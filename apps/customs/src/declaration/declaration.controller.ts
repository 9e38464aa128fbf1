import { Body, Controller, Get, Headers, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, etagOf, Idempotent, idParam, versionIn, type CallerIdentity, type Page } from '@hetao/runtime';
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
import { WriteDeclaration, type ContentChange } from './declaration.use-cases.js';
import { toForm } from './form.dto.js';

/** Optional, as it came later than the route: without it the last to write wins. */
const ifMatch = {
  name: 'If-Match',
  required: false,
  description: 'ETag of the declaration as it was read; 412 when it has moved on since',
};

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
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeclarationDto> {
    const declaration = unwrap(await this.#declarations.get(id, caller));
    void reply.header('etag', etagOf(declaration.revision));
    return toDeclarationDto(declaration);
  }

  @Put(':id')
  @Allow('merchant')
  @ApiHeader(ifMatch)
  @ApiOkResponse({ standardSchema: declarationDto })
  async reviseDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: declarationContentDto }) body: DeclarationContentDto,
    @Headers('if-match') expected: string | undefined,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#revise(id, { change: toReplacement(body), expected }, caller);
  }

  /** Changes only what is named, such as the answers a prefilled draft still lacks. */
  @Patch(':id')
  @Allow('merchant')
  @ApiHeader(ifMatch)
  @ApiOkResponse({ standardSchema: declarationDto })
  async changeDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: declarationChangeDto }) body: DeclarationChangeDto,
    @Headers('if-match') expected: string | undefined,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return this.#revise(id, { change: toChange(body), expected }, caller);
  }

  async #revise(
    id: string,
    { change, expected }: { readonly change: ContentChange; readonly expected: string | undefined },
    caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    const revision = expected === undefined ? undefined : versionIn(expected);
    return toDeclarationDto(unwrap(await this.#write.revise(id, { change, revision }, caller)));
  }
}
