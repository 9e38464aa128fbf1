import { Injectable } from '@nestjs/common';
import { UsageStatementSignedV1 } from '@hetao/events';
import { err, newId, ok, type Result } from '@hetao/kernel';
import { merkleRoot, type SignedUsageStatement, UsageTally } from '@hetao/proofs';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { keyOf, type RecordKey, UsageRecordQueries } from '../query/usage-record.queries.js';
import { formatInstant } from '../window/instant.js';
import { StatementSigner } from './statement.signer.js';
import { UsageStatementRepository } from './usage-statement.repository.js';
import { usageStatementErrors, type UsageStatementError } from './usage-statement.errors.js';

/** Most events of one statement. */
export const maxStatementEvents = 250_000;
const PAGE = 5_000;

export interface StatementWindow {
  readonly agreementId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

interface Tallied {
  readonly leaves: readonly string[];
  readonly tally: UsageTally;
}

/** Signs what was counted in a window. Asked again, the statement is the same until the usage is not. */
@Injectable()
export class SignUsageStatement {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly records: UsageRecordQueries,
    private readonly statements: UsageStatementRepository,
    private readonly signer: StatementSigner,
  ) {}

  async execute(window: StatementWindow): Promise<Result<SignedUsageStatement, UsageStatementError>> {
    const now = this.signer.now();
    if (window.fromMs >= window.untilMs || window.untilMs > now.getTime()) {
      const detail = `${formatInstant(window.fromMs)} to ${formatInstant(window.untilMs)} is no window that has ended.`;
      return err(usageStatementErrors.USAGE_STATEMENT_WINDOW_INVALID(detail, { pointer: '/to' }));
    }
    // One snapshot for all pages: what is signed was true at one moment.
    return this.uow.runResult((tx) => this.#sign(tx, window), { isolation: 'repeatable read' });
  }

  async #sign(tx: Tx, window: StatementWindow): Promise<Result<SignedUsageStatement, UsageStatementError>> {
    const { agreementId, fromMs, untilMs } = window;
    const tallied = await this.#tally(tx, window);
    if (!tallied) {
      const detail = `There are more than ${maxStatementEvents} events from ${formatInstant(fromMs)} on.`;
      return err(usageStatementErrors.USAGE_STATEMENT_TOO_LARGE(detail));
    }
    const { leaves, tally } = tallied;
    const root = merkleRoot(leaves);
    const before = await this.statements.current(tx.client, agreementId, fromMs, untilMs);
    if (before?.statement.root_hash === root && before.statement.events === leaves.length) return ok(before);
    const signed = await this.signer.sign({
      statement_id: newId('ust'),
      agreement_id: agreementId,
      merchant_id: window.merchantId,
      buyer_id: window.buyerId,
      window_start: formatInstant(fromMs),
      window_end: formatInstant(untilMs),
      events: leaves.length,
      root_hash: root,
      totals: tally.totals(),
      supersedes: before?.statement.statement_id ?? null,
    });
    await this.statements.add(tx, signed, leaves);
    state(tx, signed);
    return ok(signed);
  }

  async #tally(tx: Tx, { agreementId, fromMs, untilMs }: StatementWindow): Promise<Tallied | undefined> {
    const tally = new UsageTally();
    let after: RecordKey | undefined;
    for (let read = 0; read <= maxStatementEvents;) {
      const page = await this.records.page(tx.client, { agreementId, fromMs, untilMs }, after, PAGE);
      for (const { eventId: id, source, timeMs, data } of page) {
        tally.add({ id, source, subject: agreementId, time: formatInstant(timeMs), data });
      }
      read += page.length;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return read > maxStatementEvents ? undefined : { tally, leaves: tally.leaves() };
      after = keyOf(last);
    }
    return undefined;
  }
}

function state(tx: Tx, { statement, signature }: SignedUsageStatement): void {
  tx.append(UsageStatementSignedV1, {
    statementId: statement.statement_id,
    agreementId: statement.agreement_id,
    merchantId: statement.merchant_id,
    buyerId: statement.buyer_id,
    windowStart: statement.window_start,
    windowEnd: statement.window_end,
    events: statement.events,
    rootHash: statement.root_hash,
    totals: [...statement.totals],
    keyId: statement.key_id,
    signature,
    signedAt: statement.signed_at,
  });
}
