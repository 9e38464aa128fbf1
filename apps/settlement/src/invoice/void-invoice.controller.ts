import { unwrap, type Clock } from '@hetao/kernel';
import { Allow, CLOCK, Idempotent, idParam, reasonDto } from '@hetao/runtime';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { VoidInvoice } from './void-invoice.use-case.js';

const voidedDto = z.object({ id: z.string(), status: z.literal('void') }).meta({ id: 'VoidedInvoice' });

@ApiTags('settlement')
@Controller('v1/invoices')
export class VoidInvoiceController {
  readonly #void: VoidInvoice;
  readonly #clock: Clock;

  constructor(voidInvoice: VoidInvoice, @Inject(CLOCK) clock: Clock) {
    this.#void = voidInvoice;
    this.#clock = clock;
  }

  @Post(':id/void')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: voidedDto })
  async voidInvoice(
    @Param('id', idParam('inv')) id: string,
    @Body({ schema: reasonDto }) body: z.output<typeof reasonDto>,
  ): Promise<z.output<typeof voidedDto>> {
    unwrap(await this.#void.execute(id, body.reason, this.#clock.now()));
    return { id, status: 'void' };
  }
}
