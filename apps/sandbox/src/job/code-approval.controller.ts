import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, Idempotent, idParam, idSchema, type CallerIdentity } from '@hetao/runtime';
import { ApproveCode } from './code-approval.use-cases.js';
import type { CodeApproval } from './code-approval.js';
import { jobKinds } from './job.js';
import { JobQueries } from './job.queries.js';

const codeHash = z.string().regex(/^[0-9a-f]{64}$/, 'is the SHA-256 of the code, as a job tells it');
const newApprovalDto = z
  .strictObject({
    code_hash: codeHash,
    name: z.string().min(1).max(200),
    /** Null: a template, for every agreement on the enclave. */
    agreement_id: idSchema('agr').nullable(),
  })
  .meta({ id: 'NewCodeApproval' });
const withdrawalDto = z.strictObject({ code_hash: codeHash }).meta({ id: 'CodeApprovalWithdrawal' });
const approvalDto = z
  .object({
    ...{ code_hash: z.string(), name: z.string(), agreement_id: z.string().nullable(), approved_by: z.string() },
    ...{ approved_at: z.iso.datetime(), withdrawn_at: z.iso.datetime().nullable() },
  })
  .meta({ id: 'CodeApproval' });
const approvalsDto = z.object({ data: z.array(approvalDto) }).meta({ id: 'CodeApprovals' });
const codeDto = z
  .object({ kind: z.enum(jobKinds), code_hash: z.string(), body: z.record(z.string(), z.unknown()) })
  .meta({ id: 'SandboxJobCode' });
type ApprovalDto = z.output<typeof approvalDto>;

/** Code that a custodian lets run on her data. */
@ApiTags('sandbox: jobs')
@Controller('v1/sandbox')
export class CodeApprovalController {
  readonly #approve: ApproveCode;
  readonly #jobs: JobQueries;

  constructor(approve: ApproveCode, jobs: JobQueries) {
    this.#approve = approve;
    this.#jobs = jobs;
  }

  @Post('enclaves/:id/code-approvals')
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: approvalDto })
  async approveSandboxCode(
    @Param('id', idParam('enc')) id: string,
    @Body({ schema: newApprovalDto }) body: z.output<typeof newApprovalDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<ApprovalDto> {
    const wish = { codeHash: body.code_hash, name: body.name, agreementId: body.agreement_id };
    return toApprovalDto(unwrap(await this.#approve.approve(id, wish, caller)));
  }

  @Get('enclaves/:id/code-approvals')
  @Allow('merchant')
  @ApiOkResponse({ standardSchema: approvalsDto })
  async listSandboxCodeApprovals(
    @Param('id', idParam('enc')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof approvalsDto>> {
    return { data: unwrap(await this.#approve.list(id, caller)).map(toApprovalDto) };
  }

  @Post('enclaves/:id/code-approvals/withdraw')
  @HttpCode(200)
  @Allow('merchant')
  @Idempotent()
  @ApiOkResponse({ standardSchema: withdrawalDto })
  async withdrawSandboxCodeApproval(
    @Param('id', idParam('enc')) id: string,
    @Body({ schema: withdrawalDto }) body: z.output<typeof withdrawalDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof withdrawalDto>> {
    unwrap(await this.#approve.withdraw(id, body.code_hash, caller));
    return body;
  }

  /** What a job is made of: for whoever is to approve it, and for whoever sent it. */
  @Get('jobs/:id/code')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: codeDto })
  async getSandboxJobCode(
    @Param('id', idParam('job')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof codeDto>> {
    const { kind, codeHash: hash, body } = unwrap(await this.#jobs.code(id, caller));
    return { kind, code_hash: hash, body: { ...body } };
  }
}

function toApprovalDto({ codeHash: hash, name, agreementId, ...approval }: CodeApproval): ApprovalDto {
  return {
    ...{ code_hash: hash, name, agreement_id: agreementId, approved_by: approval.approvedBy },
    ...{ approved_at: approval.approvedAt.toISOString(), withdrawn_at: approval.withdrawnAt?.toISOString() ?? null },
  };
}
