import { unwrap } from '@hetao/kernel';
import type { LedgerProof } from '@hetao/proofs';
import { Allow, idParam, type Page } from '@hetao/runtime';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  chainHeadDto,
  chainRowPageDto,
  chainRowQueryDto,
  ledgerProofDto,
  segmentPageDto,
  segmentQueryDto,
  type ChainHeadDto,
  type ChainRowDto,
  type ChainRowQueryDto,
  type SegmentDto,
  type SegmentQueryDto,
} from './chain.dto.js';
import { ChainQueries } from './chain.queries.js';

@ApiTags('ledger')
@Controller('v1/ledger')
@Allow('operator', 'auditor', 'system')
export class ChainController {
  readonly #chain: ChainQueries;

  constructor(chain: ChainQueries) {
    this.#chain = chain;
  }

  @Get('chain')
  @ApiOkResponse({ standardSchema: chainHeadDto })
  getLedgerChainHead(): Promise<ChainHeadDto> {
    return this.#chain.head();
  }

  @Get('chain/segments')
  @ApiOkResponse({ standardSchema: segmentPageDto })
  listLedgerSegments(@Query({ schema: segmentQueryDto }) query: SegmentQueryDto): Promise<Page<SegmentDto>> {
    return this.#chain.segments(query);
  }

  @Get('chain/rows')
  @ApiOkResponse({ standardSchema: chainRowPageDto })
  listLedgerChainRows(@Query({ schema: chainRowQueryDto }) query: ChainRowQueryDto): Promise<Page<ChainRowDto>> {
    return this.#chain.rows(query);
  }

  /** A file that anybody verifies without us: `node tools/ledger.mjs verify FILE`. */
  @Get('transactions/:id/proof')
  @ApiOkResponse({ standardSchema: ledgerProofDto })
  async getLedgerProof(@Param('id', idParam('txn')) id: string): Promise<LedgerProof> {
    return unwrap(await this.#chain.proof(id));
  }
}
