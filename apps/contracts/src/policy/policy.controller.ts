import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, everyone } from '@hetao/runtime';
import {
  checkedPolicyDto,
  decisionDto,
  dryRunDto,
  policyCheckDto,
  toClauseDto,
  toDecisionDto,
  type CheckedPolicyDto,
  type DecisionDto,
  type DryRunDto,
  type PolicyCheckDto,
} from './dry-run.dto.js';
import { TryPolicy } from './dry-run.use-cases.js';
import { publicPolicy } from './policy.js';

/** Trying a usage policy before anybody is bound by it. Nothing is stored, and nothing of anybody's is read. */
@ApiTags('policies')
@Controller('v1/policies')
export class PolicyController {
  readonly #policies: TryPolicy;

  constructor(policies: TryPolicy) {
    this.#policies = policies;
  }

  /** The policy as an offer would take it, with its ODRL and its words; or every contradiction and unknown term in it. */
  @Post('check')
  @HttpCode(200)
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: checkedPolicyDto })
  checkPolicy(@Body({ schema: policyCheckDto }) body: PolicyCheckDto): CheckedPolicyDto {
    const { policy, odrl, clauses } = unwrap(this.#policies.check(body));
    return { policy: publicPolicy(policy), odrl: { ...odrl }, clauses: clauses.map(toClauseDto) };
  }

  /** What a policy says to a hypothetical use, clause by clause. */
  @Post('dry-run')
  @HttpCode(200)
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: decisionDto })
  dryRunPolicy(@Body({ schema: dryRunDto }) body: DryRunDto): DecisionDto {
    return toDecisionDto(unwrap(this.#policies.dryRun(body)));
  }
}
