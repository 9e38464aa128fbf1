import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainException, unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { receiptDto } from '../receipt/receipt.dto.js';
import { newRunDto, proposalOf, runDto, runPageDto, toRunDto, type RunDto } from './training-run.dto.js';
import { RunReceipts } from './run-receipt.queries.js';
import { RunStore } from './training-run.store.js';
import { GuideRun } from './training-run.use-cases.js';
import { trainingErrors } from './training.errors.js';

/** Training where the data is, alone (A) or with another side (B, C). */
@ApiTags('sandbox: training')
@Controller('v1/sandbox/training-runs')
export class TrainingRunController {
  constructor(
    private readonly guide: GuideRun,
    private readonly runs: RunStore,
    private readonly receipts: RunReceipts,
  ) {}

  @Post()
  @Allow('buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: runDto })
  async proposeTrainingRun(
    @Body({ schema: newRunDto }) body: z.output<typeof newRunDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<RunDto> {
    return toRunDto(unwrap(await this.guide.propose(proposalOf(body), caller)));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: runPageDto })
  async listTrainingRuns(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<RunDto>> {
    const after = afterCursor(query.cursor, {});
    const rows = await this.runs.list(caller, { after: after && String(after[0]), limit: query.limit + 1 });
    const page = cursorPage(rows, query.limit, (row) => [row.id], {});
    return { ...page, data: page.data.map(toRunDto) };
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: runDto })
  async getTrainingRun(@Param('id', idParam('trn')) id: string, @Caller() caller: CallerIdentity): Promise<RunDto> {
    const run = await this.runs.readFor(id, caller);
    if (run === null) throw new DomainException(trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${id}.`));
    return toRunDto(run);
  }

  /** Signed upon the one before of its enclave, like a job's: what it read, on what grounds, its rounds, its ε and its compute. */
  @Get(':id/receipt')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: receiptDto })
  async getTrainingRunReceipt(
    @Param('id', idParam('trn')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof receiptDto>> {
    return { ...unwrap(await this.receipts.of(id, caller)) };
  }

  /** By who keeps the data; it sets aside all that the run may cost, of privacy and of compute. */
  @Post(':id/approve')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: runDto })
  async approveTrainingRun(@Param('id', idParam('trn')) id: string, @Caller() caller: CallerIdentity): Promise<RunDto> {
    return toRunDto(unwrap(await this.guide.approve(id, caller)));
  }

  @Post(':id/deny')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: runDto })
  async denyTrainingRun(@Param('id', idParam('trn')) id: string, @Caller() caller: CallerIdentity): Promise<RunDto> {
    return toRunDto(unwrap(await this.guide.deny(id, caller)));
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Allow('buyer', 'merchant', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: runDto })
  async pauseTrainingRun(@Param('id', idParam('trn')) id: string, @Caller() caller: CallerIdentity): Promise<RunDto> {
    return toRunDto(unwrap(await this.guide.pause(id, caller)));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('buyer', 'merchant', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: runDto })
  async resumeTrainingRun(@Param('id', idParam('trn')) id: string, @Caller() caller: CallerIdentity): Promise<RunDto> {
    return toRunDto(unwrap(await this.guide.resume(id, caller)));
  }

  @Post(':id/abort')
  @HttpCode(200)
  @Allow('buyer', 'merchant', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: runDto })
  async abortTrainingRun(@Param('id', idParam('trn')) id: string, @Caller() caller: CallerIdentity): Promise<RunDto> {
    return toRunDto(unwrap(await this.guide.abort(id, caller)));
  }
}
