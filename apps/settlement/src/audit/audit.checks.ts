import { UnitOfWork } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { Finding, Stretch } from './audit.js';
import { ChainCheck } from './chain-check.queries.js';
import { ClosedMonths } from './closed-months.queries.js';
import { brokenRules } from './ledger-checks.queries.js';

/** All that an audit asks: of the chain, of the books, and of months that are closed. */
@Injectable()
export class AuditChecks {
  readonly #uow: UnitOfWork;
  readonly #chain: ChainCheck;
  readonly #months: ClosedMonths;

  constructor(uow: UnitOfWork, chain: ChainCheck, months: ClosedMonths) {
    this.#uow = uow;
    this.#chain = chain;
    this.#months = months;
  }

  chainHead(): Promise<number> {
    return this.#chain.head();
  }

  async chain(stretches: readonly Stretch[]): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for (const stretch of stretches) {
      const fault = await this.#chain.faultIn(stretch);
      if (fault !== undefined) findings.push(fault);
    }
    return findings;
  }

  /** The rules of the ledger and the closed months, all as of one moment. */
  books(): Promise<{ readonly findings: readonly Finding[]; readonly transactions: number }> {
    return this.#uow.run(
      async (tx) => {
        const [row] = await tx.query<{ count: string }>('SELECT count(*) AS count FROM ledger_transactions');
        const findings = [...(await brokenRules(tx)), ...(await this.#months.faults(tx))];
        return { findings, transactions: Number(row?.count ?? 0) };
      },
      { isolation: 'repeatable read' },
    );
  }
}
