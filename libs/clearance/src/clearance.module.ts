import { Module } from '@nestjs/common';
import { Clearance } from './clearance.js';
import { ClearanceSubscriber } from './clearance.subscriber.js';

/** Put it before the modules whose own subscribers read what it learns from the same event. */
@Module({ controllers: [ClearanceSubscriber], providers: [Clearance], exports: [Clearance] })
export class ClearanceModule {}
