import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, type CallerIdentity, type Page } from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  importResultDto,
  lineQueryDto,
  statementDto,
  statementLinePageDto,
  statementPageDto,
  statementQueryDto,
  type ImportResultDto,
  type LineQueryDto,
  type StatementDto,
  type StatementLineDto,
  type StatementQueryDto,
} from './statement.dto.js';
import { importQueryDto, type ImportQueryDto } from './mapping.dto.js';
import { MappingStore } from './mapping.store.js';
import { statementErrors } from './statement.errors.js';
import { StatementQueries } from './statement.queries.js';
import { ImportStatement, RematchStatement } from './statement.use-cases.js';

@ApiTags('settlement')
@Controller('v1/bank-statements')
@Allow('operator', 'auditor', 'system')
export class StatementController {
  readonly #import: ImportStatement;
  readonly #rematch: RematchStatement;
  readonly #statements: StatementQueries;
  readonly #mappings: MappingStore;

  constructor(
    importStatement: ImportStatement,
    rematch: RematchStatement,
    statements: StatementQueries,
    mappings: MappingStore,
  ) {
    this.#import = importStatement;
    this.#rematch = rematch;
    this.#statements = statements;
    this.#mappings = mappings;
  }

  /** Imports a file: camt.052, camt.053, camt.054, MT940, MT942, or CSV with a saved mapping. No Idempotency-Key: the statement's own identification is the key. */
  @Post()
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiConsumes('application/xml', 'text/plain', 'text/csv')
  @ApiBody({
    description: 'ISO 20022 camt.052, camt.053, camt.054 (versions 2 to 13), MT940, MT942, CSV',
    schema: { type: 'string', format: 'binary' },
  })
  @ApiOkResponse({ standardSchema: importResultDto })
  async importStatement(
    @Body() body: unknown,
    @Query({ schema: importQueryDto }) query: ImportQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ImportResultDto> {
    if (!(body instanceof Uint8Array)) {
      const detail = 'The body is no XML file.';
      throw new DomainException(
        statementErrors.STATEMENT_XML_INVALID(detail, {
          fix: 'Send the file with Content-Type: application/xml, text/plain or text/csv.',
        }),
      );
    }
    const hints = unwrap(await this.#mappings.hints(query));
    return this.#statements.importResult(unwrap(await this.#import.execute(body, hints, caller.subject)));
  }

  @Get()
  @ApiOkResponse({ standardSchema: statementPageDto })
  listStatements(@Query({ schema: statementQueryDto }) query: StatementQueryDto): Promise<Page<StatementDto>> {
    return this.#statements.list(query);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: statementDto })
  async getStatement(@Param('id', idParam('bst')) id: string): Promise<StatementDto> {
    return unwrap(await this.#statements.get(id));
  }

  @Get(':id/lines')
  @ApiOkResponse({ standardSchema: statementLinePageDto })
  async listStatementLines(
    @Param('id', idParam('bst')) id: string,
    @Query({ schema: lineQueryDto }) query: LineQueryDto,
  ): Promise<Page<StatementLineDto>> {
    return unwrap(await this.#statements.lines(id, query));
  }

  /** Looks at the exceptions again, after an invoice was issued or a payout instructed. */
  @Post(':id/match')
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiOkResponse({ standardSchema: importResultDto })
  async matchStatement(@Param('id', idParam('bst')) id: string): Promise<ImportResultDto> {
    unwrap(await this.#rematch.execute(id));
    return this.#statements.importResult([id]);
  }
}
