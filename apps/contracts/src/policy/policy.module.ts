import { Module } from '@nestjs/common';
import { TryPolicy } from './dry-run.use-cases.js';
import { PolicyController } from './policy.controller.js';

@Module({ controllers: [PolicyController], providers: [TryPolicy], exports: [TryPolicy] })
export class PolicyModule {}
