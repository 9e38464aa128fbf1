import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import {
  type SignedUsageStatement,
  signUsageStatement,
  type UsageStatement,
  usageStatementFormat,
} from '@hetao/proofs';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { MeteringConfig } from '../metering.config.js';

/** Signs in the exchange's name, at the exchange's time. */
@Injectable()
export class StatementSigner {
  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: MeteringConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  async sign(content: Omit<UsageStatement, 'format' | 'signed_at' | 'key_id'>): Promise<SignedUsageStatement> {
    const key = this.config.USAGE_STATEMENT_PRIVATE_KEY;
    const statement: UsageStatement = {
      ...content,
      format: usageStatementFormat,
      signed_at: this.now().toISOString(),
      key_id: key.kid,
    };
    return signUsageStatement(statement, key);
  }
}
