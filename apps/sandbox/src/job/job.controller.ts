import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  everyone,
  Idempotent,
  idParam,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { bodyOf, jobDto, jobListQuery, jobPageDto, newJobDto, toJobDto, type JobDto } from './job.dto.js';
import { receiptDto, receiptKeyDto } from '../receipt/receipt.dto.js';
import { JobQueries } from './job.queries.js';
import { ReceiptWriter } from '../receipt/receipt.writer.js';
import { SteerJob } from './steer-job.use-cases.js';
import { SubmitJob } from './submit-job.use-cases.js';

/** Jobs on enclaves: code goes in, gated results may be seen. */
@ApiTags('sandbox: jobs')
@Controller('v1/sandbox')
export class JobController {
  readonly #submit: SubmitJob;
  readonly #steer: SteerJob;
  readonly #jobs: JobQueries;
  readonly #receipts: ReceiptWriter;

  constructor(submit: SubmitJob, steer: SteerJob, jobs: JobQueries, receipts: ReceiptWriter) {
    this.#submit = submit;
    this.#steer = steer;
    this.#jobs = jobs;
    this.#receipts = receipts;
  }

  @Post('jobs')
  @Allow('buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: jobDto })
  async submitSandboxJob(
    @Body({ schema: newJobDto }) body: z.output<typeof newJobDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<JobDto> {
    const wish = { enclaveId: body.enclave_id, isDryRun: body.dry_run, ...bodyOf(body) };
    return toJobDto(unwrap(await this.#submit.execute(wish, caller)));
  }

  @Get('jobs')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: jobPageDto })
  async listSandboxJobs(
    @Query({ schema: jobListQuery }) query: z.output<typeof jobListQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<JobDto>> {
    const filter = { enclave_id: query.enclave_id };
    const [after = ''] = afterCursor(query.cursor, filter) ?? [];
    const rows = await this.#jobs.list(caller, query.enclave_id ?? null, String(after), query.limit + 1);
    const page = cursorPage(rows, query.limit, ({ id }) => [id], filter);
    // Results are opened one by one: each is looked at on its own grounds.
    return { ...page, data: page.data.map((job) => toJobDto({ ...job, result: null })) };
  }

  @Get('jobs/:id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: jobDto })
  async getSandboxJob(@Param('id', idParam('job')) id: string, @Caller() caller: CallerIdentity): Promise<JobDto> {
    return toJobDto(unwrap(await this.#jobs.get(id, caller)));
  }

  @Post('jobs/:id/cancel')
  @HttpCode(200)
  @Allow('buyer')
  @Idempotent()
  @ApiOkResponse({ standardSchema: jobDto })
  async cancelSandboxJob(@Param('id', idParam('job')) id: string, @Caller() caller: CallerIdentity): Promise<JobDto> {
    return toJobDto(unwrap(await this.#steer.cancel(id, caller)));
  }

  @Get('jobs/:id/receipt')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: receiptDto })
  async getSandboxJobReceipt(
    @Param('id', idParam('job')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof receiptDto>> {
    return { ...unwrap(await this.#jobs.receipt(id, caller)) };
  }

  @Get('receipt-key')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: receiptKeyDto })
  getSandboxReceiptKey(): z.output<typeof receiptKeyDto> {
    return this.#receipts.key;
  }
}
