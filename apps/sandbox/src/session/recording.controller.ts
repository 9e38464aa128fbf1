import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, type CallerIdentity } from '@hetao/runtime';
import type { z } from 'zod';
import { checkpointsDto, recordingPageDto, recordingQuery, toRecordingPageDto, verdictDto } from './recording.dto.js';
import { RecordingQueries } from './recording.queries.js';

/** What was shown, for those who review it: the custodian of the data, operators and auditors. */
@ApiTags('sandbox: recordings')
@Allow('merchant', 'operator', 'auditor')
@Controller('v1/sandbox/sessions/:id/recording')
export class RecordingController {
  readonly #recordings: RecordingQueries;

  constructor(recordings: RecordingQueries) {
    this.#recordings = recordings;
  }

  @Get()
  @ApiOkResponse({ standardSchema: recordingPageDto })
  async getRecording(
    @Param('id', idParam('pxs')) id: string,
    @Query({ schema: recordingQuery }) { after }: z.output<typeof recordingQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof recordingPageDto>> {
    return toRecordingPageDto(unwrap(await this.#recordings.page(id, caller, after)));
  }

  @Get('checkpoints')
  @ApiOkResponse({ standardSchema: checkpointsDto })
  async listRecordingCheckpoints(@Param('id', idParam('pxs')) id: string, @Caller() caller: CallerIdentity) {
    return { data: [...unwrap(await this.#recordings.checkpoints(id, caller))] };
  }

  @Get('verification')
  @ApiOkResponse({ standardSchema: verdictDto })
  async verifyRecording(@Param('id', idParam('pxs')) id: string, @Caller() caller: CallerIdentity) {
    const { longestGapSeconds, faults, ...verdict } = unwrap(await this.#recordings.verify(id, caller));
    return { ...verdict, faults: [...faults], longest_gap_seconds: longestGapSeconds };
  }
}
