import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, everyone, idParam, Repeatable, type CallerIdentity, type Page } from '@hetao/runtime';
import {
  agreementDetailDto,
  agreementDto,
  agreementPageDto,
  agreementQueryDto,
  endDto,
  signDto,
  toAgreementDto,
  type AgreementDetailDto,
  type AgreementDto,
  type AgreementQueryDto,
  type EndDto,
  type SignDto,
} from './agreement.dto.js';
import { AgreementQueries } from './agreement.queries.js';
import { EndAgreement, SignAgreement } from './agreement.use-cases.js';

/** What two organisations bind themselves to, and what became of it. */
@ApiTags('agreements')
@Controller('v1/agreements')
export class AgreementController {
  readonly #sign: SignAgreement;
  readonly #end: EndAgreement;
  readonly #agreements: AgreementQueries;

  constructor(sign: SignAgreement, end: EndAgreement, agreements: AgreementQueries) {
    this.#sign = sign;
    this.#end = end;
    this.#agreements = agreements;
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: agreementPageDto })
  listAgreements(
    @Query({ schema: agreementQueryDto }) query: AgreementQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<AgreementDto>> {
    return this.#agreements.list(query, caller);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: agreementDetailDto })
  async getAgreement(
    @Param('id', idParam('agr')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<AgreementDetailDto> {
    return unwrap(await this.#agreements.get(id, caller));
  }

  @Post(':id/sign')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: agreementDto })
  async signAgreement(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: signDto }) body: SignDto,
    @Caller() caller: CallerIdentity,
  ): Promise<AgreementDto> {
    return toAgreementDto(unwrap(await this.#sign.execute(id, body.document_hash, caller)));
  }

  @Post(':id/end')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: agreementDto })
  async endAgreement(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: endDto }) { reason, ends_at }: EndDto,
    @Caller() caller: CallerIdentity,
  ): Promise<AgreementDto> {
    const endsAt = ends_at === null ? null : new Date(ends_at);
    return toAgreementDto(unwrap(await this.#end.execute(id, { reason, endsAt }, caller)));
  }
}
