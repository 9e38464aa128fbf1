import { Injectable } from '@nestjs/common';
import { ok, type DomainError, type ErrorItem, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CustomsDay } from '../calendar/customs-day.queries.js';
import type { Reader } from '../shared/reader.js';
import { agreementFaults, missingBeforeMemo, missingFrom } from './completeness.js';
import type { Declaration } from './declaration.js';
import { DeclarationQueries } from './declaration.queries.js';
import { ExchangeKnowledge } from './exchange-knowledge.queries.js';
import { unanswered } from './supplement-round.js';

/** One line of a declaration's history. */
export interface HistoryLine {
  readonly revision: number;
  readonly command: string;
  readonly status_from: string | null;
  readonly status_to: string;
  readonly rule_set_version: string;
  readonly facts_sha256: string;
  readonly at: string;
  readonly by_subject: string;
  readonly note: string | null;
}
const MAX_HISTORY = 1_000;

/** Looks a declaration through: what it still lacks, and what was done to it. */
@Injectable()
export class DeclarationReview {
  readonly #declarations: DeclarationQueries;
  readonly #known: ExchangeKnowledge;
  readonly #uow: UnitOfWork;
  readonly #day: CustomsDay;

  constructor(declarations: DeclarationQueries, known: ExchangeKnowledge, uow: UnitOfWork, day: CustomsDay) {
    this.#declarations = declarations;
    this.#known = known;
    this.#uow = uow;
    this.#day = day;
  }

  /** What keeps it from its next step: from being handed in, or, where nothing need be, from its memo. */
  async missing(id: string, reader: Reader): Promise<Result<readonly ErrorItem[], DomainError>> {
    const found = await this.#declarations.get(id, reader);
    return found.ok ? ok(await this.missingFrom(found.value)) : found;
  }

  async missingFrom(declaration: Declaration): Promise<readonly ErrorItem[]> {
    const { known, strange } = await this.#uow.run(async (tx) => ({
      known: await this.#known.persons(tx, declaration),
      strange: agreementFaults(declaration, await this.#known.agreement(tx, declaration)),
    }));
    const { pathway } = declaration.finding;
    if (pathway === 'EXEMPT' || pathway === 'NOT_AN_EXPORT') {
      return [...strange, ...missingBeforeMemo(declaration, known)];
    }
    const { date } = await this.#day.today();
    return [...strange, ...missingFrom(declaration, known, date), ...unanswered(declaration.supplements)];
  }

  async history(id: string, reader: Reader): Promise<Result<readonly HistoryLine[], DomainError>> {
    const found = await this.#declarations.get(id, reader);
    if (!found.ok) return found;
    const lines = await this.#uow.run((tx) =>
      tx.query<Omit<HistoryLine, 'at'> & { readonly at: Date }>(
        `SELECT revision, command, status_from, status_to, rule_set_version, facts_sha256, at, by_subject, note
         FROM declaration_history WHERE declaration_id = $1 ORDER BY revision LIMIT $2`,
        [id, MAX_HISTORY],
      ),
    );
    return ok(lines.map((line) => ({ ...line, at: line.at.toISOString() })));
  }
}
