import { Injectable } from '@nestjs/common';
import { isUniqueViolation, type Tx } from '@hetao/persistence';
import { RuleSetRow } from './rule-set.entity.js';
import type { RuleSetVersion } from './rule-set.js';

@Injectable()
export class RuleSetRepository {
  load(tx: Tx, id: string): Promise<RuleSetVersion | null> {
    return tx.manager.findOne(RuleSetRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** @returns false when the version exists already. */
  async insert(tx: Tx, version: RuleSetVersion): Promise<boolean> {
    try {
      await tx.manager.insert(RuleSetRow, { ...version, signatures: [...version.signatures] });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  async saveSignatures(tx: Tx, { id, signatures, status, publishedAt }: RuleSetVersion): Promise<void> {
    await tx.manager.update(RuleSetRow, { id }, { signatures: [...signatures], status, publishedAt });
  }
}
