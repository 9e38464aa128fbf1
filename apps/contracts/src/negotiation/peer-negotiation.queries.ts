import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { negotiationErrors, type NegotiationError } from './negotiation.errors.js';
import { NEGOTIATION_COLUMNS, negotiationFrom, type NegotiationRow } from './negotiation.row.js';
import { toPeerNegotiationDto, type PeerNegotiationDto, type PeerNegotiationQueryDto } from './peer-negotiation.dto.js';

const SELECT = `SELECT ${NEGOTIATION_COLUMNS},
  (SELECT agreement FROM peer_agreements a WHERE a.negotiation_id = negotiations.id) AS agreement
  FROM negotiations WHERE role = 'consumer' AND ($1 OR buyer_id = $2)`;

type Row = NegotiationRow & { readonly agreement: object | null };

/** Reads negotiations in which a peer provides: a buyer his own, the exchange all, newest first. */
@Injectable()
export class PeerNegotiationQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: PeerNegotiationQueryDto, reader: Reader): Promise<Page<PeerNegotiationDto>> {
    const filter = { state: query.state, peer: query.peer_id };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const rows = await this.#rows(
      `${SELECT} AND ($3::text IS NULL OR state = $3) AND ($4::text IS NULL OR peer_id = $4)
       AND ($5::text IS NULL OR id < $5) ORDER BY id DESC LIMIT $6`,
      reader,
      [query.state ?? null, query.peer_id ?? null, before, query.limit + 1],
    );
    return cursorPage(rows.map(toDto), query.limit, ({ id }) => [id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<PeerNegotiationDto, NegotiationError>> {
    const [found] = await this.#rows(`${SELECT} AND id = $3`, reader, [id]);
    return found === undefined
      ? err(negotiationErrors.REQUEST_UNKNOWN(`There is no negotiation ${id} with a peer that you may see.`))
      : ok(toDto(found));
  }

  async #rows(sql: string, reader: Reader, params: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Row>(sql, [seesEveryTenant(reader), reader.organisationId, ...params]),
    );
    return rows;
  }
}

function toDto(row: Row): PeerNegotiationDto {
  return toPeerNegotiationDto(negotiationFrom(row), row.agreement);
}
