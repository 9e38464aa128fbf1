import { DomainException, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { Allow, Caller, DATABASE, everyone, idParam, type CallerIdentity } from '@hetao/runtime';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { periodErrors } from '../period/period.errors.js';
import { periodInPath } from '../period/period.dto.js';
import { pathOf } from './party-statement.js';

const statementDto = z
  .object({
    period: z.string(),
    participant_id: z.string(),
    document: z.string().describe('Canonical JSON (RFC 8785); the leaf is its UTF-8 bytes'),
    proof: z
      .object({
        leaf_hash: z.string().describe('SHA-256 of 0x00 and the document’s bytes'),
        leaf_index: z.int(),
        tree_size: z.int(),
        path: z.array(z.string()),
        root_hash: z.string(),
      })
      .describe('RFC 9162 inclusion proof: anybody checks it without us'),
    sealed_at: z.iso.datetime(),
  })
  .meta({ id: 'PartyStatement' });

interface StatementRow {
  readonly document: string;
  readonly leaf_index: number;
  readonly leaf_hash: string;
  readonly root_hash: string;
  readonly sealed_at: Date;
  readonly leaves: string[];
}

@ApiTags('settlement')
@Controller('v1/settlement/periods/:period/statements')
export class PartyStatementController {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** What a party got of a closed period, with the proof that it is among the statements sealed when it closed. */
  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: statementDto })
  async getPartyStatement(
    @Param('period', periodInPath) period: string,
    @Param('id', idParam('par')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof statementDto>> {
    const mayRead = seesEveryTenant(caller) || caller.organisationId === id;
    const { rows } = await this.#database.withClient((client) =>
      client.query<StatementRow>(
        `SELECT s.document, s.leaf_index, s.leaf_hash, r.root_hash, r.sealed_at,
                ARRAY(SELECT l.leaf_hash FROM period_statements l WHERE l.period = s.period ORDER BY l.leaf_index) AS leaves
           FROM period_statements s JOIN period_statement_roots r USING (period)
          WHERE s.period = $1 AND s.participant_id = $2 AND $3`,
        [period, id, mayRead],
      ),
    );
    const [row] = rows;
    if (row === undefined) {
      throw new DomainException(
        periodErrors.PARTY_STATEMENT_NOT_FOUND(`No statement of ${period} for ${id} that you may see.`),
      );
    }
    return {
      period,
      participant_id: id,
      document: row.document,
      proof: {
        leaf_hash: row.leaf_hash,
        leaf_index: row.leaf_index,
        tree_size: row.leaves.length,
        path: [...pathOf(row.leaves, row.leaf_index)],
        root_hash: row.root_hash,
      },
      sealed_at: row.sealed_at.toISOString(),
    };
  }
}
