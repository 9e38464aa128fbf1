import { canonicalJson } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { equationOf } from '../period/equation.js';
import { FiguresQueries } from '../period/figures.queries.js';
import { totalsOf, type PeriodTotals } from '../period/period-totals.js';
import type { Finding } from './audit.js';

/** Closed months that are counted again each night, the newest first. */
const MAX_MONTHS = 12;

/** Counts closed months again: they must be what they were closed as. */
@Injectable()
export class ClosedMonths {
  readonly #figures: FiguresQueries;

  constructor(figures: FiguresQueries) {
    this.#figures = figures;
  }

  async faults(tx: Tx): Promise<readonly Finding[]> {
    const closed = await tx.query<{ period: string; totals: PeriodTotals[] }>(
      'SELECT period, totals FROM settlement_periods WHERE closed_at IS NOT NULL ORDER BY period DESC LIMIT $1',
      [MAX_MONTHS],
    );
    const findings: Finding[] = [];
    for (const { period, totals } of closed) {
      const figures = await this.#figures.read(tx, period);
      const off = figures.currencies.map(equationOf).filter(({ balanced }) => !balanced);
      if (off.length > 0) {
        const currencies = off.map(({ currency }) => currency).join(', ');
        findings.push({
          code: 'EQUATION_BROKEN',
          subject: period,
          detail: `it is closed and does not add up in ${currencies}`,
        });
      }
      if (textOf(totalsOf(figures)) !== textOf(totals)) {
        findings.push({
          code: 'CLOSED_MONTH_CHANGED',
          subject: period,
          detail: 'it is counted otherwise than it was closed',
        });
      }
    }
    return findings;
  }
}

function textOf(totals: readonly PeriodTotals[]): string {
  return canonicalJson(totals.map((one) => ({ ...one })));
}
