import { Module } from '@nestjs/common';
import { CounterRepository } from './counter.repository.js';

/** The counts themselves. What may be asked of them over HTTP stops releases too, and is a module of its own. */
@Module({ providers: [CounterRepository], exports: [CounterRepository] })
export class CounterModule {}
