import { err, newId, ok, seesEveryTenant, type Clock, type Reader, type Result } from '@hetao/kernel';
import { isUniqueViolation, UnitOfWork, type Database } from '@hetao/persistence';
import { afterCursor, CLOCK, cursorPage, DATABASE, SERVICE_CONFIG, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { BankAccount } from '../agreement/agreement.js';
import { payoutErrors, type PayoutError } from '../payout/payout.errors.js';
import type { SettlementConfig } from '../settlement.config.js';

/** Where a party wants to be paid, and what became of the wish. */
export interface BankDetails {
  readonly detailsId: string;
  readonly participantId: string;
  readonly account: BankAccount;
  readonly state: 'proposed' | 'approved' | 'refused';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** From when payouts go there; until then the party is not paid at all. */
  readonly effectiveFrom: Date | null;
}

interface DetailsRow {
  readonly details_id: string;
  readonly participant_id: string;
  readonly account: BankAccount;
  readonly state: BankDetails['state'];
  readonly proposed_by: string;
  readonly proposed_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly effective_from: Date | null;
}

const COLUMNS =
  'details_id, participant_id, account, state, proposed_by, proposed_at, decided_by, decided_at, effective_from';
const DAY_MS = 86_400_000;

/** Bank details of parties: proposed by one person, approved by another, effective after some days; every one is kept. */
@Injectable()
export class BankDetailsStore {
  readonly #uow: UnitOfWork;
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #coolingMs: number;

  constructor(
    uow: UnitOfWork,
    @Inject(DATABASE) database: Database,
    @Inject(CLOCK) clock: Clock,
    @Inject(SERVICE_CONFIG) config: SettlementConfig,
  ) {
    this.#uow = uow;
    this.#database = database;
    this.#clock = clock;
    this.#coolingMs = config.BANK_DETAILS_COOLING_DAYS * DAY_MS;
  }

  /** BANK_DETAILS_PENDING while other details of the party wait for a decision. */
  async propose(participantId: string, account: BankAccount, by: string): Promise<Result<BankDetails, PayoutError>> {
    try {
      return await this.#uow.run(async (tx) => {
        const [row] = await tx.query<DetailsRow>(
          `INSERT INTO bank_details (details_id, participant_id, account, state, proposed_by, proposed_at)
           VALUES ($1, $2, $3, 'proposed', $4, $5) RETURNING ${COLUMNS}`,
          [newId('bkd'), participantId, JSON.stringify(account), by, this.#clock.now()],
        );
        return ok(required(row));
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return err(payoutErrors.BANK_DETAILS_PENDING(`Other details of ${participantId} wait for a decision.`));
    }
  }

  /** BANK_DETAILS_SAME_PERSON when the proposer approves; the database holds the same rule. */
  decide(detailsId: string, outcome: 'approved' | 'refused', by: string): Promise<Result<BankDetails, PayoutError>> {
    return this.#uow.runResult(async (tx): Promise<Result<BankDetails, PayoutError>> => {
      const [found] = await tx.query<DetailsRow>(
        `SELECT ${COLUMNS} FROM bank_details WHERE details_id = $1 FOR UPDATE`,
        [detailsId],
      );
      if (found === undefined)
        return err(payoutErrors.BANK_DETAILS_NOT_FOUND(`There are no bank details ${detailsId}.`));
      if (found.state === outcome) return ok(required(found));
      if (found.state !== 'proposed') {
        return err(payoutErrors.BANK_DETAILS_DECIDED(`Bank details ${detailsId} are ${found.state}.`));
      }
      if (outcome === 'approved' && found.proposed_by === by) {
        return err(payoutErrors.BANK_DETAILS_SAME_PERSON(`You proposed ${detailsId}.`));
      }
      const now = this.#clock.now();
      const effectiveFrom = outcome === 'approved' ? new Date(now.getTime() + this.#coolingMs) : null;
      const [row] = await tx.query<DetailsRow>(
        `WITH decided AS (UPDATE bank_details SET state = $2, decided_by = $3, decided_at = $4, effective_from = $5
                           WHERE details_id = $1 RETURNING ${COLUMNS}) SELECT * FROM decided`,
        [detailsId, outcome, by, now, effectiveFrom],
      );
      return ok(required(row));
    });
  }

  /** The history of a party's details, newest first; tenants see their own. */
  async list(
    query: { readonly participantId: string | null; readonly cursor?: string | undefined; readonly limit: number },
    reader: Reader,
  ): Promise<Page<BankDetails>> {
    const participantId = seesEveryTenant(reader) ? query.participantId : reader.organisationId;
    const filter = { participantId: participantId ?? undefined };
    const [before = null] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<DetailsRow>(
        `SELECT ${COLUMNS} FROM bank_details WHERE ($1::text IS NULL OR participant_id = $1) AND ($2::text IS NULL OR details_id < $2)
          ORDER BY details_id DESC LIMIT $3`,
        [participantId, before, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.details_id], filter);
    return { ...page, data: page.data.map(required) };
  }
}

function required(row: DetailsRow | undefined): BankDetails {
  if (row === undefined) throw new Error('The bank details were not kept.');
  return {
    detailsId: row.details_id,
    participantId: row.participant_id,
    account: row.account,
    state: row.state,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    effectiveFrom: row.effective_from,
  };
}
