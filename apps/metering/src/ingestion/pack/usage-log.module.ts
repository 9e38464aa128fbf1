import { Module } from '@nestjs/common';
import { UsageLog } from './usage.log.js';

/** Beside the counting, because closing a month asks it as well. */
@Module({ providers: [UsageLog], exports: [UsageLog] })
export class UsageLogModule {}
