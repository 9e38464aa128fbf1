import { Controller, Get, Param, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, type CallerIdentity } from '@hetao/runtime';
import { ReleaseCut } from './cut-release.use-cases.js';

/** Mode C, behind its warning. */
@ApiTags('sandbox: training')
@Controller('v1/sandbox/training-runs/:id/cut')
export class CutController {
  constructor(private readonly release: ReleaseCut) {}

  /** Width (four bytes), then each patient’s vector in whole steps of 2⁻¹⁶ (doubles), then the labels (floats); little-endian. */
  @Get()
  @Allow('buyer')
  @ApiProduces('application/octet-stream')
  async readCut(@Param('id', idParam('trn')) id: string, @Caller() caller: CallerIdentity): Promise<StreamableFile> {
    const bytes = Buffer.from(unwrap(await this.release.execute(id, caller)));
    return new StreamableFile(bytes, { type: 'application/octet-stream', length: bytes.length });
  }
}
