import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { RiskPolicies } from '../risk/risk-policy.queries.js';
import { toCountDto, toSuspicionDto, type CounterDto } from './counter.dto.js';
import { readTotals } from './counter.repository.js';
import { suspicionsOf } from './declared-parts.js';

/** The state of one exporter's year: how many persons, and whether transfers look cut into parts. */
@Injectable()
export class CounterQueries {
  readonly #database: Database;
  readonly #policies: RiskPolicies;

  constructor(@Inject(DATABASE) database: Database, policies: RiskPolicies) {
    this.#database = database;
    this.#policies = policies;
  }

  /** @param seesRelated for the exchange: a suspicion over related exporters names declarations of others. */
  async of(exporterId: string, year: number, seesRelated: boolean): Promise<CounterDto> {
    const { splitting } = await this.#policies.current();
    const rules = splitting.filter(({ exporters }) => seesRelated || exporters === 'same');
    return this.#database.withClient(async (client) => {
      const query = async <R>(sql: string, params: unknown[]): Promise<R[]> =>
        (await client.query(sql, params)).rows as R[];
      const totals = await readTotals(query, exporterId, year);
      const suspicions = await suspicionsOf(query, { exporterId, year }, rules);
      return {
        exporter_id: exporterId,
        year,
        general: toCountDto(totals.general),
        sensitive: toCountDto(totals.sensitive),
        splitting: suspicions.map(toSuspicionDto),
      };
    });
  }
}
