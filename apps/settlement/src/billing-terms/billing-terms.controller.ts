import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, type CallerIdentity } from '@hetao/runtime';
import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  billingTermsChangeDto,
  billingTermsDto,
  type BillingTermsChange,
  type BillingTermsDto,
} from './billing-terms.dto.js';
import { SetBillingTerms } from './billing-terms.use-case.js';

@ApiTags('settlement')
@Controller('v1/settlement/billing-terms')
export class BillingTermsController {
  readonly #set: SetBillingTerms;

  constructor(set: SetBillingTerms) {
    this.#set = set;
  }

  /** Holds for invoices drafted or issued from now on. Repeating it changes nothing, so it needs no key. */
  @Put(':id')
  @Allow('buyer', 'operator')
  @ApiOkResponse({ standardSchema: billingTermsDto })
  async setBillingTerms(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: billingTermsChangeDto }) body: BillingTermsChange,
    @Caller() caller: CallerIdentity,
  ): Promise<BillingTermsDto> {
    return unwrap(await this.#set.execute(id, body, caller));
  }
}
