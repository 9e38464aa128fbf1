import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import type { Database, Tx } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { builtInRuleSets, Wizard, type RuleEngine, type RuleSet } from '@hetao/rules';
import { CLOCK, DATABASE } from '@hetao/runtime';
import { mainlandDate } from '../shared/reader.js';
import { ruleSetErrors, type RuleSetError } from './rule-set.errors.js';
import type { RuleSetVersion } from './rule-set.js';

const COLUMNS = `id, name, version, effective_from::text AS "effectiveFrom", content, content_sha256 AS "contentSha256",
  status, signatures, proposed_by AS "proposedBy", proposed_at AS "proposedAt", published_at AS "publishedAt"`;
const MAX_VERSIONS = 100;
const MAX_ENGINES = 16;

/** The rules that come with the exchange: published by its release, whose review is their sign-off. Newest first. */
const builtIn: readonly Wizard[] = builtInRuleSets.map((ruleSet) => new Wizard(ruleSet)).reverse();
const oldest = builtIn.at(-1) as Wizard;

/** Names one version of one rule set, as findings do. */
export interface RuleSetRef {
  readonly id: string;
  readonly version: string;
}

/** Reads versions, and keeps the engine of the one in force. */
@Injectable()
export class RuleSetQueries {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #wizards = new Map<string, Wizard>();

  constructor(@Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** The engine of the newest published version that is in force today on the mainland. */
  async active(): Promise<RuleEngine> {
    return (await this.activeWizard()).engine;
  }

  /** The same version, ready to ask questions. Of two versions from one day an entered one holds. */
  async activeWizard(): Promise<Wizard> {
    const today = mainlandDate(this.#clock.now());
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ id: string; effectiveFrom: string }>(
        `SELECT id, effective_from::text AS "effectiveFrom" FROM rule_sets
         WHERE status = 'published' AND effective_from <= $1 ORDER BY effective_from DESC, published_at DESC LIMIT 1`,
        [today],
      ),
    );
    const own = builtIn.find(({ engine }) => engine.ruleSet.effectiveFrom <= today) ?? oldest;
    const [row] = rows;
    if (row === undefined || row.effectiveFrom < own.engine.ruleSet.effectiveFrom) return own;
    return (await this.#keep(row.id)) ?? own;
  }

  /** One published version by its name and number, for ever: what was once found can be found again. */
  async wizardOf(name: string, version: string): Promise<Wizard | null> {
    const own = builtIn.find(({ engine: { ruleSet } }) => ruleSet.id === name && ruleSet.version === version);
    if (own !== undefined) return own;
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ id: string }>(
        "SELECT id FROM rule_sets WHERE name = $1 AND version = $2 AND status = 'published'",
        [name, version],
      ),
    );
    const [row] = rows;
    return row === undefined ? null : this.#keep(row.id);
  }

  /** As {@link wizardOf}, within an open transaction: that a finding's version exists is certain, it was made with it. */
  async engineOf(tx: Pick<Tx, 'query'>, { id: name, version }: RuleSetRef): Promise<RuleEngine> {
    const own = builtIn.find(({ engine: { ruleSet } }) => ruleSet.id === name && ruleSet.version === version);
    if (own !== undefined) return own.engine;
    const [row] = await tx.query<{ id: string; content: RuleSet }>(
      "SELECT id, content FROM rule_sets WHERE name = $1 AND version = $2 AND status = 'published'",
      [name, version],
    );
    if (row === undefined) throw new Error(`A finding names the rule set ${name} ${version}, which does not exist.`);
    return (this.#wizards.get(row.id) ?? this.#remember(row.id, row.content)).engine;
  }

  async get(id: string): Promise<Result<RuleSetVersion, RuleSetError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<RuleSetVersion>(`SELECT ${COLUMNS} FROM rule_sets WHERE id = $1`, [id]),
    );
    const [row] = rows;
    return row === undefined ? err(ruleSetErrors.RULE_SET_UNKNOWN(`There is no rule set ${id}.`)) : ok(row);
  }

  /** The built-in versions and up to 100 entered ones, newest first. */
  async list(): Promise<readonly Omit<RuleSetVersion, 'content'>[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<RuleSetVersion>(
        `SELECT ${COLUMNS.replace(' content,', '')} FROM rule_sets ORDER BY effective_from DESC, id DESC LIMIT $1`,
        [MAX_VERSIONS],
      ),
    );
    return [...rows, ...builtIn.map(({ engine }) => versionOf(engine.ruleSet))];
  }

  async #keep(id: string): Promise<Wizard | null> {
    const known = this.#wizards.get(id);
    if (known !== undefined) return known;
    const found = await this.get(id);
    if (!found.ok) return null;
    return this.#remember(id, found.value.content);
  }

  #remember(id: string, content: RuleSet): Wizard {
    const wizard = new Wizard(content);
    if (this.#wizards.size >= MAX_ENGINES) this.#wizards.clear();
    this.#wizards.set(id, wizard);
    return wizard;
  }
}

function versionOf(ruleSet: RuleSet): Omit<RuleSetVersion, 'content'> {
  const at = new Date(`${ruleSet.lawCutoff}T00:00:00Z`);
  return {
    id: `built-in-${ruleSet.version}`,
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
