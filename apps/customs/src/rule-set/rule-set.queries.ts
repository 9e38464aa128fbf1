import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { RuleEngine, szdexCrossBorder202611, type RuleSet } from '@hetao/rules';
import { CLOCK, DATABASE } from '@hetao/runtime';
import { mainlandDate } from '../shared/reader.js';
import { ruleSetErrors, type RuleSetError } from './rule-set.errors.js';
import type { RuleSetVersion } from './rule-set.js';

const COLUMNS = `id, name, version, effective_from::text AS "effectiveFrom", content, content_sha256 AS "contentSha256",
  status, signatures, proposed_by AS "proposedBy", proposed_at AS "proposedAt", published_at AS "publishedAt"`;
const MAX_VERSIONS = 100;
const MAX_ENGINES = 16;

/** The rules that come with the exchange: published by its release, whose review is their sign-off. */
const builtIn = new RuleEngine(szdexCrossBorder202611);

/** Reads versions, and keeps the engine of the one in force. */
@Injectable()
export class RuleSetQueries {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #engines = new Map<string, RuleEngine>();

  constructor(@Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** The engine of the newest published version that is in force today on the mainland. */
  async active(): Promise<RuleEngine> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ id: string; effectiveFrom: string }>(
        `SELECT id, effective_from::text AS "effectiveFrom" FROM rule_sets
         WHERE status = 'published' AND effective_from <= $1 ORDER BY effective_from DESC, published_at DESC LIMIT 1`,
        [mainlandDate(this.#clock.now())],
      ),
    );
    const [row] = rows;
    if (row === undefined || row.effectiveFrom < szdexCrossBorder202611.effectiveFrom) return builtIn;
    return this.#engines.get(row.id) ?? this.#keep(row.id);
  }

  async get(id: string): Promise<Result<RuleSetVersion, RuleSetError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<RuleSetVersion>(`SELECT ${COLUMNS} FROM rule_sets WHERE id = $1`, [id]),
    );
    const [row] = rows;
    return row === undefined ? err(ruleSetErrors.RULE_SET_UNKNOWN(`There is no rule set ${id}.`)) : ok(row);
  }

  /** The built-in version and up to 100 entered ones, newest first. */
  async list(): Promise<readonly Omit<RuleSetVersion, 'content'>[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<RuleSetVersion>(
        `SELECT ${COLUMNS.replace(' content,', '')} FROM rule_sets ORDER BY effective_from DESC, id DESC LIMIT $1`,
        [MAX_VERSIONS],
      ),
    );
    return [...rows, versionOf(szdexCrossBorder202611)];
  }

  async #keep(id: string): Promise<RuleEngine> {
    const found = await this.get(id);
    if (!found.ok) return builtIn;
    const engine = new RuleEngine(found.value.content);
    if (this.#engines.size >= MAX_ENGINES) this.#engines.clear();
    this.#engines.set(id, engine);
    return engine;
  }
}

function versionOf(ruleSet: RuleSet): Omit<RuleSetVersion, 'content'> {
  const at = new Date(`${ruleSet.lawCutoff}T00:00:00Z`);
  return {
    id: 'built-in',
    name: ruleSet.id,
    version: ruleSet.version,
    effectiveFrom: ruleSet.effectiveFrom,
    contentSha256: documentHash(ruleSet),
    status: 'published',
    signatures: [],
    proposedBy: 'exchange',
    proposedAt: at,
    publishedAt: at,
  };
}
