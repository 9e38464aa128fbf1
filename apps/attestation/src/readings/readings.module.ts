import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.js';
import { NodeModule } from '../node/node.module.js';
import { LogMetrics, SealMetrics } from './log.metrics.js';

@Module({ imports: [LogModule, NodeModule], providers: [LogMetrics, SealMetrics] })
export class ReadingsModule {}
