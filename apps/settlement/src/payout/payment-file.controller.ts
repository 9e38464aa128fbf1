import { currencies, DomainException, money, unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Idempotent, moneyDto, toMoneyDto, type CallerIdentity } from '@hetao/runtime';
import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { bankAccountDto, toBankAccount } from '../bank-details/bank-details.dto.js';
import { PaymentFiles, type MadeFile } from './payment-file.store.js';
import { payoutErrors } from './payout.errors.js';
import { TakeStatusReport } from './status-report.use-cases.js';

const orderDto = z
  .strictObject({
    currency: z.enum(currencies),
    debtor: bankAccountDto.describe('The exchange’s account that is debited'),
    execution_date: z.iso.date(),
  })
  .meta({ id: 'PaymentFileOrder' });
const fileDto = z
  .object({
    id: z.string(),
    message_id: z.string(),
    currency: z.enum(currencies),
    execution_date: z.iso.date(),
    payments: z.int(),
    total: moneyDto,
    sha256: z.string(),
    made_at: z.iso.datetime(),
    bank_status: z.string().nullable().describe('GrpSts of the bank’s last report, such as ACCP or RJCT'),
  })
  .meta({ id: 'PaymentFile' });
const outcomeDto = z
  .object({
    original_message_id: z.string(),
    rejected: z.int().describe('Payouts that are owed again'),
    ignored: z.int().describe('Rejections of what was over before'),
    accepted: z.int(),
  })
  .meta({ id: 'PaymentStatusOutcome' });

@ApiTags('settlement')
@Controller('v1')
@Allow('operator', 'auditor', 'system')
export class PaymentFileController {
  readonly #files: PaymentFiles;
  readonly #reports: TakeStatusReport;

  constructor(files: PaymentFiles, reports: TakeStatusReport) {
    this.#files = files;
    this.#reports = reports;
  }

  /** Makes the file that tells the bank what to pay: everything instructed that is in no file yet. */
  @Post('payment-files')
  @Allow('operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: fileDto })
  async makePaymentFile(
    @Body({ schema: orderDto }) body: z.output<typeof orderDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof fileDto>> {
    const { currency, debtor, execution_date: executionDate } = body;
    const order = { currency, debtor: toBankAccount(debtor), executionDate, madeBy: caller.subject };
    return toFileDto(unwrap(await this.#files.make(order)));
  }

  @Get('payment-files/:id')
  @ApiOkResponse({ standardSchema: fileDto })
  async getPaymentFile(@Param('id', idParam('pmf')) id: string): Promise<z.output<typeof fileDto>> {
    return toFileDto(unwrap(await this.#files.find(id)));
  }

  /** ISO 20022 pain.001.001.09. */
  @Get('payment-files/:id/content')
  @Header('content-type', 'application/xml; charset=utf-8')
  @ApiProduces('application/xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  async downloadPaymentFile(@Param('id', idParam('pmf')) id: string): Promise<string> {
    return unwrap(await this.#files.xml(id));
  }

  /** Takes in the bank's answer to a file. No Idempotency-Key: the report's bytes are the key. */
  @Post('payment-status-reports')
  @HttpCode(200)
  @Allow('operator', 'system')
  @ApiConsumes('application/xml')
  @ApiBody({ description: 'ISO 20022 pain.002', schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: outcomeDto })
  async importStatusReport(
    @Body() body: unknown,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof outcomeDto>> {
    if (!(body instanceof Uint8Array)) {
      throw new DomainException(payoutErrors.STATUS_REPORT_INVALID('The body is no XML file.'));
    }
    const { originalMessageId, ...counts } = unwrap(await this.#reports.execute(body, caller.subject));
    return { original_message_id: originalMessageId, ...counts };
  }
}

function toFileDto(file: MadeFile): z.output<typeof fileDto> {
  return {
    id: file.fileId,
    message_id: file.messageId,
    currency: file.currency,
    execution_date: file.executionDate,
    payments: file.payments,
    total: toMoneyDto(money(file.totalMinor, file.currency)),
    sha256: file.sha256,
    made_at: file.madeAt.toISOString(),
    bank_status: file.bankStatus,
  };
}
