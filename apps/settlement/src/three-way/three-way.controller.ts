import { money, type Currency } from '@hetao/kernel';
import { Allow, cursorQuery, moneyDto, pageOf, toMoneyDto, type Page } from '@hetao/runtime';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { periodInPath } from '../period/period.dto.js';
import { explain, type ThreeWayRow } from './three-way.js';
import { ThreeWayQueries } from './three-way.queries.js';

const rowDto = z.object({
  agreement_id: z.string(),
  invoice_number: z.string().nullable(),
  usage: moneyDto.describe('Σ charges, before tax'),
  adjusted: moneyDto.describe('How much of the usage is for corrections of earlier months'),
  invoiced: z.object({ net: moneyDto, tax: moneyDto, credited: moneyDto }),
  bank: moneyDto.describe('What bank lines brought for it'),
  differences: z
    .array(z.object({ sides: z.enum(['usage-invoice', 'invoice-bank']), code: z.string(), amount: moneyDto }))
    .describe('Why the sides differ; empty when they meet'),
});
type RowDto = z.output<typeof rowDto>;
const pageDto = pageOf(rowDto).meta({ id: 'ThreeWayPage' });
const queryDto = cursorQuery;

@ApiTags('reconciliation')
@Controller('v1/settlement/periods/:period/three-way')
@Allow('operator', 'auditor', 'system')
export class ThreeWayController {
  readonly #rows: ThreeWayQueries;

  constructor(rows: ThreeWayQueries) {
    this.#rows = rows;
  }

  /** Usage, invoice and bank of each agreement of a period, with every difference explained. */
  @Get()
  @ApiOkResponse({ standardSchema: pageDto })
  async listThreeWay(
    @Param('period', periodInPath) period: string,
    @Query({ schema: queryDto }) query: z.output<typeof queryDto>,
  ): Promise<Page<RowDto>> {
    const page = await this.#rows.page(period, query);
    return { ...page, data: page.data.map(toRowDto) };
  }
}

function toRowDto(row: ThreeWayRow): RowDto {
  const amount = (minor: bigint) => toMoneyDto(money(minor, row.currency as Currency));
  return {
    agreement_id: row.agreementId,
    invoice_number: row.invoiceNumber,
    usage: amount(row.ratedMinor),
    adjusted: amount(row.adjustedMinor),
    invoiced: { net: amount(row.netMinor), tax: amount(row.taxMinor), credited: amount(row.creditedMinor) },
    bank: amount(row.bankMinor),
    differences: explain(row).map(({ sides, code, amountMinor }) => ({ sides, code, amount: amount(amountMinor) })),
  };
}
