import { Readable } from 'node:stream';
import { Controller, Get, Param, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DomainException } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, type CallerIdentity } from '@hetao/runtime';
import { RunEvents } from './run-events.queries.js';
import { RunStore } from './training-run.store.js';
import { trainingErrors } from './training.errors.js';

/** A run as it goes. */
@ApiTags('sandbox: training')
@Controller('v1/sandbox/training-runs/:id/events')
export class RunEventsController {
  constructor(
    private readonly runs: RunStore,
    private readonly events: RunEvents,
  ) {}

  @Get()
  @Allow(...everyone)
  @ApiOperation({
    summary: 'State, curve and ε of a run as they change, as server-sent events, for ten minutes at most',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Events: run (as GET /v1/sandbox/training-runs/{id} answers), end' })
  async followTrainingRun(
    @Param('id', idParam('trn')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<StreamableFile> {
    if ((await this.runs.readFor(id, caller)) === null) {
      throw new DomainException(trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${id}.`));
    }
    const stream = Readable.from(this.events.follow(id), { objectMode: false });
    return new StreamableFile(stream, { type: 'text/event-stream' });
  }
}
