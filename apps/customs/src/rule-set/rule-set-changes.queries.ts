import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { checkFacts, RuleEngine, type Facts, type Finding, type RuleSet } from '@hetao/rules';
import { DATABASE } from '@hetao/runtime';
import type { ChangesDto } from './rule-set.dto.js';

/** How many declarations one report compares; the next report goes on after the last. */
const BATCH = 500;

export interface ComparedRow {
  readonly id: string;
  readonly status: string;
  readonly facts: Facts;
  readonly finding: Finding;
}

/** What another version of the rules would say about declarations there are. It changes none of them. */
@Injectable()
export class RuleSetChanges {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** @param after id of the last declaration of the report before; '' for the first report. */
  async report(ruleSet: RuleSet, after: string): Promise<ChangesDto> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<ComparedRow>(
        'SELECT id, status, facts, finding FROM declarations WHERE id > $1 ORDER BY id LIMIT $2',
        [after, BATCH + 1],
      ),
    );
    const engine = new RuleEngine(ruleSet);
    const compared = rows.slice(0, BATCH);
    return {
      compared: compared.length,
      more: rows.length > BATCH,
      changes: compared.flatMap((row) => changeOf(engine, row) ?? []),
    };
  }
}

/** What another version says otherwise about a declaration; null when it says the same. */
export function changeOf(
  engine: RuleEngine,
  { id, status, facts, finding: old }: ComparedRow,
): ChangesDto['changes'][number] | null {
  const checked = checkFacts(engine.ruleSet, facts);
  const now = engine.evaluate(facts);
  const [had, has] = [raised(old), raised(now)];
  const change = {
    declaration_id: id,
    status,
    before: { version: old.ruleSet.version, pathway: old.pathway, rule: old.rule },
    after: { version: engine.ruleSet.version, pathway: now.pathway, rule: now.rule },
    flags_added: has.filter((flag) => !had.includes(flag)),
    flags_gone: had.filter((flag) => !has.includes(flag)),
    problem: checked.ok ? null : checked.error.detail,
  };
  const same = change.flags_added.length === 0 && change.flags_gone.length === 0 && checked.ok;
  return same && now.pathway === old.pathway && now.rule === old.rule ? null : change;
}

function raised({ flags }: Finding): string[] {
  return flags.filter(({ state }) => state === 'true').map(({ id }) => id);
}
