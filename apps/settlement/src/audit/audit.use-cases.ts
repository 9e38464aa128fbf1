import { newId, type Clock } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, LOGGER } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { auditedSince, chainMarks, keepAudit, raiseAlarms, type AuditRecord } from './audit.repository.js';
import { stretchesOf, type Finding, type Stretch } from './audit.js';
import { AuditChecks } from './audit.checks.js';

/** Rows of the chain that one audit works out again: about a minute of one core. */
const BOUNDS = { fresh: 1_000_000, again: 100_000 };

/** Looks at the whole ledger as nobody does who writes to it, and raises an alarm for whatever is not as it must be. */
@Injectable()
export class AuditLedger {
  readonly #uow: UnitOfWork;
  readonly #checks: AuditChecks;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor(uow: UnitOfWork, checks: AuditChecks, @Inject(CLOCK) clock: Clock, @Inject(LOGGER) logger: Logger) {
    this.#uow = uow;
    this.#checks = checks;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Audits unless it was done since an instant. */
  async unlessSince(since: Date, askedBy: string): Promise<void> {
    if (!(await this.#uow.run((tx) => auditedSince(tx, since)))) await this.execute(askedBy);
  }

  async execute(askedBy: string): Promise<AuditRecord> {
    const startedAt = this.#clock.now();
    const before = await this.#uow.run(chainMarks);
    const { stretches, marks } = stretchesOf(before, await this.#checks.chainHead(), BOUNDS);
    const chained = await this.#checks.chain(stretches);
    const { findings: broken, transactions } = await this.#checks.books();
    const findings = [...chained, ...broken];
    const audit: AuditRecord = {
      ...{ auditId: newId('aud'), askedBy, startedAt, finishedAt: this.#clock.now(), transactions },
      chainChecked: stretches.reduce((sum, one) => sum + lengthOf(one), 0),
      // What is broken is looked at again the next night, until somebody has mended it.
      marks: chained.length > 0 ? before : marks,
      findings: findings.length,
    };
    const fresh = await this.#uow.run(async (tx) => {
      await keepAudit(tx, audit);
      return raiseAlarms(tx, findings, audit.finishedAt);
    });
    this.#tell(fresh);
    return audit;
  }

  #tell(fresh: readonly Finding[]): void {
    for (const finding of fresh) this.#logger.fatal({ alarm: finding }, 'The ledger is not as it must be');
  }
}

function lengthOf({ first, last }: Stretch): number {
  return last - first + 1;
}
