import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';
import { EnclaveModule } from './enclave/enclave.module.js';
import { IsolationModule } from './isolation/isolation.module.js';
import { JobModule } from './job/job.module.js';
import { OutputModule } from './output/output.module.js';
import { PixelSessionModule } from './session/session.module.js';
import { TrainingModule } from './training/training.module.js';

/** Clearance first: what has a release is known before anything asks. */
@Module({
  imports: [
    ClearanceModule,
    IsolationModule,
    EnclaveModule,
    JobModule,
    OutputModule,
    PixelSessionModule,
    TrainingModule,
  ],
})
export class SandboxModule {}
