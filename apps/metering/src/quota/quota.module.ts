import { Module } from '@nestjs/common';
import { QuotaRepository } from './quota.repository.js';

@Module({ providers: [QuotaRepository], exports: [QuotaRepository] })
export class QuotaModule {}
