import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type cursorQuery, type Page } from '@hetao/runtime';
import type { z } from 'zod';
import { negotiationErrors, type NegotiationError } from './negotiation.errors.js';
import { toNegotiationStepDto, type NegotiationStepDto, type ToldStep } from './negotiation-history.dto.js';

/** The first offer came with the first step that made one, and so on. */
const MAKES_AN_OFFER = (step: string) =>
  `${step}.message IN ('request', 'offer') AND ${step}.event IN ('done', 'sent', 'received')`;
const STEPS = `SELECT s.seq, s.event, s.message, s.side, s.state_from AS "from", s.state_to AS "to", s.at,
    o.offer ->> 'madeBy' AS "madeBy", o.offer ->> 'note' AS note, n.consent ->> 'subject' AS "consentedBy",
    n.ending AS "end"
  FROM negotiation_steps s JOIN negotiations n ON n.id = s.negotiation_id
    LEFT JOIN negotiation_offers o ON o.negotiation_id = s.negotiation_id AND ${MAKES_AN_OFFER('s')}
      AND o.offer ->> 'side' = s.side AND o.number = (
        SELECT count(*) FROM negotiation_steps e
        WHERE e.negotiation_id = s.negotiation_id AND e.seq <= s.seq AND ${MAKES_AN_OFFER('e')})
  WHERE s.negotiation_id = $1 AND s.seq > $2 ORDER BY s.seq LIMIT $3`;
/** A merchant does not read what a buyer here negotiates with a peer he stands for; nor the other way round. */
const VISIBLE = `SELECT 1 FROM negotiations
  WHERE id = $1 AND ($2 OR buyer_id = $3 OR (role <> 'consumer' AND merchant_id = $3)) AND (role = 'consumer') = $4`;

/** Reads who said what when in a negotiation, first to last. */
@Injectable()
export class NegotiationHistoryQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** @param withProvider whether a peer provides: those negotiations have an address of their own. */
  async read(
    id: string,
    withProvider: boolean,
    query: z.output<typeof cursorQuery>,
    reader: Reader,
  ): Promise<Result<Page<NegotiationStepDto>, NegotiationError>> {
    const filter = { negotiation: id };
    const after = afterCursor(query.cursor, filter)?.[0] ?? '0';
    const rows = await this.#database.withClient(async (client) => {
      const may = [id, seesEveryTenant(reader), reader.organisationId, withProvider];
      const seen = await client.query(VISIBLE, may);
      if (seen.rowCount === 0) return null;
      return (await client.query<ToldStep>(STEPS, [id, after, query.limit + 1])).rows;
    });
    if (rows === null) return err(negotiationErrors.REQUEST_UNKNOWN(`There is no negotiation ${id} that you may see.`));
    const page = cursorPage(rows, query.limit, ({ seq }) => [seq], filter);
    return ok({ ...page, data: page.data.map(toNegotiationStepDto) });
  }
}
