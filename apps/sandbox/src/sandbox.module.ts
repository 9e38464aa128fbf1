import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';
import { IsolationModule } from './isolation/isolation.module.js';

/** Clearance first: what has a release is known before anything asks. */
@Module({ imports: [ClearanceModule, IsolationModule] })
export class SandboxModule {}
