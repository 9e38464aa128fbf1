import { Module } from '@nestjs/common';
import { ConformanceMode } from './conformance-mode.js';

/** Whether this is a conformance run, for everybody who decides something of himself. */
@Module({ providers: [ConformanceMode], exports: [ConformanceMode] })
export class ConformanceModule {}
