import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Public } from '@hetao/runtime';
import { keptFindingDto, toKeptFindingDto, type KeptFindingDto } from './finding.dto.js';
import { policyQueryDto, type PolicyQueryDto } from './policy-query.dto.js';
import { AnswerPolicyQuery } from './policy-query.use-cases.js';

/** Which way across the border? For people and machines alike, without signing in. Stored only when asked with `keep`. */
@ApiTags('customs: policy query')
@Controller('v1/customs/policy-queries')
export class PolicyQueryController {
  readonly #answer: AnswerPolicyQuery;

  constructor(answer: AnswerPolicyQuery) {
    this.#answer = answer;
  }

  @Post()
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ standardSchema: keptFindingDto })
  async answerPolicyQuery(@Body({ schema: policyQueryDto }) body: PolicyQueryDto): Promise<KeptFindingDto> {
    return toKeptFindingDto(unwrap(await this.#answer.execute(body.facts, body.keep)));
  }
}
