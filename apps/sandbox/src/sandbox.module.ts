import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';
import { IsolationModule } from './isolation/isolation.module.js';
import { PixelSessionModule } from './session/session.module.js';
import { TrainingModule } from './training/training.module.js';

/** Clearance first: what has a release is known before anything asks. */
@Module({ imports: [ClearanceModule, IsolationModule, PixelSessionModule, TrainingModule] })
export class SandboxModule {}
