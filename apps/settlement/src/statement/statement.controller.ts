import { DomainException, unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, type CallerIdentity, type Page } from '@hetao/runtime';
import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
import { acceptedImportDto, importQueryDto, type AcceptedImportDto, type ImportQueryDto } from './mapping.dto.js';
import { ReceiveStatement } from './receive-statement.use-case.js';
import { statementErrors } from './statement.errors.js';
import { StatementQueries } from './statement.queries.js';
import { RematchStatement } from './statement.use-cases.js';

@ApiTags('settlement')
@Controller('v1/bank-statements')
@Allow('operator', 'auditor', 'system')
export class StatementController {
  readonly #receive: ReceiveStatement;
  readonly #rematch: RematchStatement;
  readonly #statements: StatementQueries;

  constructor(receive: ReceiveStatement, rematch: RematchStatement, statements: StatementQueries) {
    this.#receive = receive;
    this.#rematch = rematch;
    this.#statements = statements;
  }

  /** Imports a file: camt.052, camt.053, camt.054, MT940, MT942, or CSV with a saved mapping. No Idempotency-Key: the statement's own identification is the key. With `Prefer: respond-async`, and for more than 8 MB, it answers 202 and the operation to follow. */
  @Post()
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiConsumes('application/xml', 'text/plain', 'text/csv')
  @ApiBody({
    description: 'ISO 20022 camt.052, camt.053, camt.054 (versions 2 to 13), MT940, MT942, CSV',
    schema: { type: 'string', format: 'binary' },
  })
  @ApiOkResponse({ standardSchema: importResultDto })
  @ApiAcceptedResponse({ standardSchema: acceptedImportDto })
  async importStatement(
    @Query({ schema: importQueryDto }) query: ImportQueryDto,
    @Caller() caller: CallerIdentity,
    @Req() { body, headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportResultDto | AcceptedImportDto> {
    if (!(body instanceof Uint8Array)) {
      const detail = 'The body is no XML file.';
      throw new DomainException(
        statementErrors.STATEMENT_XML_INVALID(detail, {
          fix: 'Send the file with Content-Type: application/xml, text/plain or text/csv.',
        }),
      );
    }
    const later = /(^|[,;\s])respond-async($|[,;\s])/i.test([headers['prefer'] ?? ''].flat().join(','));
    const received = unwrap(await this.#receive.execute({ bytes: body, query, from: caller.subject, later }));
    if (received.kind === 'imported') return this.#statements.importResult(received.statementIds);
    const href = `/v1/settlement/operations/${received.operationId}`;
    void reply.status(202).header('location', href);
    if (later) void reply.header('preference-applied', 'respond-async');
    return { operation_id: received.operationId, href };
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
