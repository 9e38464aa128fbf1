import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';

/** Clearance first: what has a release is known before anything asks. */
@Module({ imports: [ClearanceModule] })
export class SandboxModule {}
