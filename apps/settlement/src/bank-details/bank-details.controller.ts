import { DomainException, seesEveryTenant, unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  everyone,
  idParam,
  Idempotent,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { payoutErrors } from '../payout/payout.errors.js';
import {
  bankDetailsDto,
  bankDetailsPageDto,
  bankDetailsQueryDto,
  proposalDto,
  toBankAccount,
  toBankDetailsDto,
  type BankDetailsDto,
  type BankDetailsQueryDto,
  type ProposalDto,
} from './bank-details.dto.js';
import { BankDetailsStore } from './bank-details.store.js';

@ApiTags('settlement')
@Controller('v1/bank-details')
export class BankDetailsController {
  readonly #details: BankDetailsStore;

  constructor(details: BankDetailsStore) {
    this.#details = details;
  }

  /** Proposes where a party is to be paid; another person approves, and some days later it takes effect. */
  @Post()
  @Allow('merchant', 'operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: bankDetailsDto })
  async proposeBankDetails(
    @Body({ schema: proposalDto }) body: ProposalDto,
    @Caller() caller: CallerIdentity,
  ): Promise<BankDetailsDto> {
    const participantId = body.participant_id ?? caller.organisationId;
    if (!seesEveryTenant(caller) && participantId !== caller.organisationId) {
      throw new DomainException(payoutErrors.PARTY_FORBIDDEN(`You act for ${caller.organisationId}.`));
    }
    return toBankDetailsDto(
      unwrap(await this.#details.propose(participantId, toBankAccount(body.account), caller.subject)),
    );
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: bankDetailsPageDto })
  async listBankDetails(
    @Query({ schema: bankDetailsQueryDto }) query: BankDetailsQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<BankDetailsDto>> {
    const { cursor, limit, participant_id: participantId = null } = query;
    const page = await this.#details.list({ participantId, cursor, limit }, caller);
    return { ...page, data: page.data.map(toBankDetailsDto) };
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: bankDetailsDto })
  async approveBankDetails(
    @Param('id', idParam('bkd')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<BankDetailsDto> {
    return toBankDetailsDto(unwrap(await this.#details.decide(id, 'approved', caller.subject)));
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: bankDetailsDto })
  async refuseBankDetails(
    @Param('id', idParam('bkd')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<BankDetailsDto> {
    return toBankDetailsDto(unwrap(await this.#details.decide(id, 'refused', caller.subject)));
  }
}
