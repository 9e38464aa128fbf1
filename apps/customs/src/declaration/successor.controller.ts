import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, type CallerIdentity } from '@hetao/runtime';
import { RuleSetQueries } from '../rule-set/rule-set.queries.js';
import {
  declarationChangeDto,
  declarationDto,
  toChange,
  toDeclarationDto,
  type DeclarationChangeDto,
  type DeclarationDto,
} from './declaration.dto.js';
import { comparisonDto, toComparisonDto, type ComparisonDto } from './review.dto.js';
import { SucceedDeclaration } from './succeed-declaration.use-cases.js';

/** What follows a decided declaration: what a change would mean, an extension, a declaration anew. */
@ApiTags('customs: declarations')
@Controller('v1/customs/declarations/:id')
export class SuccessorController {
  readonly #succeed: SucceedDeclaration;
  readonly #ruleSets: RuleSetQueries;

  constructor(succeed: SucceedDeclaration, ruleSets: RuleSetQueries) {
    this.#succeed = succeed;
    this.#ruleSets = ruleSets;
  }

  /** Which of these changes must be declared anew, with the article. Nothing is stored. */
  @Post('changes')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @ApiOkResponse({ standardSchema: comparisonDto })
  async compareDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: declarationChangeDto }) body: DeclarationChangeDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ComparisonDto> {
    const compared = unwrap(await this.#succeed.compare(id, toChange(body), caller));
    return toComparisonDto(compared, (await this.#ruleSets.active()).ruleSet);
  }

  @Post('extension')
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: declarationDto })
  async extendDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return toDeclarationDto(unwrap(await this.#succeed.extend(id, caller)));
  }

  @Post('redeclaration')
  @Allow('merchant')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: declarationDto })
  async redeclareDeclaration(
    @Param('id', idParam('dcl')) id: string,
    @Body({ schema: declarationChangeDto }) body: DeclarationChangeDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DeclarationDto> {
    return toDeclarationDto(unwrap(await this.#succeed.redeclare(id, toChange(body), caller)));
  }
}
