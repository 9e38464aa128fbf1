import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Database } from '@hetao/persistence';
import { afterCursor, CLOCK, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import {
  statedBalances,
  toMapping,
  type ImportQueryDto,
  type MappingDto,
  type MappingQueryDto,
  type NewMappingDto,
} from './mapping.dto.js';
import type { ReadingHints } from './statement.formats.js';
import { statementErrors, type StatementError } from './statement.errors.js';

interface StoredMapping {
  readonly mapping_id: string;
  readonly name: string;
  readonly version: number;
  readonly mapping: Omit<NewMappingDto, 'name'>;
  readonly created_at: Date;
}

const SELECT = 'SELECT mapping_id, name, version, mapping, created_at FROM bank_csv_mappings';

/** How banks write their CSV files. A mapping never changes: a new one of the same name is its next version. */
@Injectable()
export class MappingStore {
  readonly #uow: UnitOfWork;
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#database = database;
    this.#clock = clock;
  }

  add({ name, ...mapping }: NewMappingDto, createdBy: string): Promise<MappingDto> {
    return this.#uow.run(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.mapping.' || $1, 0))`, [
        name,
      ]);
      const rows = await tx.query<StoredMapping>(
        `INSERT INTO bank_csv_mappings (mapping_id, name, version, mapping, created_by, created_at)
         SELECT $1, $2, 1 + coalesce(max(version), 0), $3, $4, $5 FROM bank_csv_mappings WHERE name = $2
         RETURNING mapping_id, name, version, mapping, created_at`,
        [newId('cmp'), name, JSON.stringify(mapping), createdBy, this.#clock.now()],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('The mapping was not kept.');
      return toMappingDto(row);
    });
  }

  async list(query: MappingQueryDto): Promise<Page<MappingDto>> {
    const [before = null] = afterCursor(query.cursor, {}) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredMapping>(
        `${SELECT} WHERE $1::text IS NULL OR mapping_id < $1 ORDER BY mapping_id DESC LIMIT $2`,
        [before, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.mapping_id], {});
    return { ...page, data: page.data.map(toMappingDto) };
  }

  /** What a request says about how to read its file; CSV_MAPPING_NOT_FOUND. */
  async hints(query: ImportQueryDto): Promise<Result<ReadingHints, StatementError>> {
    if (query.mapping === undefined) return ok({ encoding: query.encoding });
    const found = await this.find(query.mapping);
    if (!found.ok) return found;
    return ok({ mapping: toMapping(found.value), stated: statedBalances(query, found.value.currency) });
  }

  async find(mappingId: string): Promise<Result<MappingDto, StatementError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredMapping>(`${SELECT} WHERE mapping_id = $1`, [mappingId]),
    );
    const [row] = rows;
    if (row === undefined) return err(statementErrors.CSV_MAPPING_NOT_FOUND(`There is no CSV mapping ${mappingId}.`));
    return ok(toMappingDto(row));
  }
}

function toMappingDto({ mapping_id: id, name, version, mapping, created_at }: StoredMapping): MappingDto {
  return { id, name, version, created_at: created_at.toISOString(), ...mapping };
}
