import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import type { SignedUsageStatement, UsageInclusionProof } from '@hetao/proofs';
import {
  afterCursor,
  Allow,
  Caller,
  type CallerIdentity,
  cursorPage,
  everyone,
  idParam,
  type Page,
  pageOf,
  Public,
  SERVICE_CONFIG,
} from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import type { MeteringConfig } from '../metering.config.js';
import { SignUsageStatement } from './sign-statement.use-cases.js';
import {
  newStatement,
  proofQuery,
  signedStatementDto,
  statementKeysDto,
  statementsQuery,
  usageProofDto,
} from './usage-statement.dto.js';
import { usageStatementErrors } from './usage-statement.errors.js';
import { UsageStatementQueries } from './usage-statement.queries.js';

@Controller('v1/usage')
export class UsageStatementController {
  constructor(
    private readonly signing: SignUsageStatement,
    private readonly statements: UsageStatementQueries,
    private readonly entitlements: EntitlementQueries,
    @Inject(SERVICE_CONFIG) private readonly config: MeteringConfig,
  ) {}

  @Post('statements')
  @HttpCode(200)
  @Allow(...everyone)
  @ApiOperation({
    summary: 'A signed statement of what was counted in a window; the same one while the usage is the same',
  })
  @ApiOkResponse({ standardSchema: signedStatementDto })
  async signUsageStatement(
    @Body({ schema: newStatement }) body: z.output<typeof newStatement>,
    @Caller() caller: CallerIdentity,
  ): Promise<SignedUsageStatement> {
    const { agreement_id: agreementId, from: fromMs, to: untilMs } = body;
    const parties = await this.entitlements.readableParties(caller, agreementId);
    return unwrap(await this.signing.execute({ agreementId, ...parties, fromMs, untilMs }));
  }

  @Get('statements')
  @Allow(...everyone)
  @ApiOperation({ summary: 'Signed statements of an agreement, in the order in which they were signed' })
  @ApiOkResponse({ standardSchema: pageOf(signedStatementDto).meta({ id: 'SignedUsageStatementPage' }) })
  async listUsageStatements(
    @Query({ schema: statementsQuery }) query: z.output<typeof statementsQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<SignedUsageStatement>> {
    const { agreement_id: agreementId, limit, cursor } = query;
    await this.entitlements.assertReadable(caller, agreementId);
    const [after = ''] = afterCursor(cursor, { agreementId }) ?? [];
    const rows = await this.statements.list(agreementId, String(after), limit + 1);
    return cursorPage(rows, limit, (row) => [row.statement.statement_id], { agreementId });
  }

  @Get('statements/:id')
  @Allow(...everyone)
  @ApiOperation({ summary: 'A signed statement, as the offline verifier reads it' })
  @ApiOkResponse({ standardSchema: signedStatementDto })
  async getUsageStatement(
    @Param('id', idParam('ust')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<SignedUsageStatement> {
    return this.#readable(id, caller);
  }

  @Get('statements/:id/proof')
  @Allow(...everyone)
  @ApiOperation({ summary: 'The proof that a statement counts an event' })
  @ApiOkResponse({ standardSchema: usageProofDto })
  async proveUsageEvent(
    @Param('id', idParam('ust')) id: string,
    @Query({ schema: proofQuery }) query: z.output<typeof proofQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<UsageInclusionProof> {
    const signed = await this.#readable(id, caller);
    return unwrap(await this.statements.prove(signed, { source: query.source, id: query.event_id }));
  }

  @Get('statement-keys')
  @Public()
  @ApiOperation({ summary: 'The public keys under which statements are signed' })
  @ApiOkResponse({ standardSchema: statementKeysDto })
  getUsageStatementKeys(): z.output<typeof statementKeysDto> {
    const { kty, crv, x, kid } = this.config.USAGE_STATEMENT_PRIVATE_KEY;
    return { keys: [{ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }] };
  }

  async #readable(id: string, caller: CallerIdentity): Promise<SignedUsageStatement> {
    const signed = await this.statements.find(id);
    if (signed && (await this.entitlements.mayRead(caller, signed.statement.agreement_id))) return signed;
    throw new DomainException(usageStatementErrors.USAGE_STATEMENT_UNKNOWN(`No statement ${id} that you may read.`));
  }
}
