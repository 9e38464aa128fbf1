import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Wizard } from '@hetao/rules';
import { Allow, Caller, idParam, idSchema, Public, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { findingDto, type FindingDto } from '../policy-query/finding.dto.js';
import { dryRunDto, type DryRunDto } from '../policy-query/policy-query.dto.js';
import { answer } from '../policy-query/policy-query.use-cases.js';
import { RuleSetChanges } from './rule-set-changes.queries.js';
import {
  changesDto,
  ruleSetContentDto,
  ruleSetDto,
  ruleSetListDto,
  signatureDto,
  toRuleSet,
  toRuleSetDto,
  type ChangesDto,
  type RuleSetDto,
} from './rule-set.dto.js';
import { RuleSetQueries } from './rule-set.queries.js';
import { ProposeRuleSet, SignRuleSet } from './rule-set.use-cases.js';

const afterQuery = z.object({ after: idSchema('dcl').optional() });

/** Versions of the rules: entered, tried out, signed by two, and then never edited. */
@ApiTags('customs: rule sets')
@Controller('v1/customs/rule-sets')
export class RuleSetController {
  readonly #propose: ProposeRuleSet;
  readonly #sign: SignRuleSet;
  readonly #versions: RuleSetQueries;
  readonly #changes: RuleSetChanges;

  constructor(propose: ProposeRuleSet, sign: SignRuleSet, versions: RuleSetQueries, changes: RuleSetChanges) {
    this.#propose = propose;
    this.#sign = sign;
    this.#versions = versions;
    this.#changes = changes;
  }

  @Get()
  @Public()
  @ApiOkResponse({ standardSchema: ruleSetListDto })
  async listRuleSets(): Promise<{ data: RuleSetDto[] }> {
    return { data: (await this.#versions.list()).map(toRuleSetDto) };
  }

  /** The rule set in force, whole: a browser evaluates it with the same engine. */
  @Get('active')
  @Public()
  @ApiOkResponse({ standardSchema: ruleSetContentDto })
  async getActiveRuleSet(): Promise<unknown> {
    return (await this.#versions.active()).ruleSet;
  }

  @Post()
  @Allow('operator')
  @Repeatable()
  @ApiCreatedResponse({ standardSchema: ruleSetDto })
  async proposeRuleSet(
    @Body({ schema: ruleSetContentDto }) body: z.output<typeof ruleSetContentDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<RuleSetDto> {
    return toRuleSetDto(unwrap(await this.#propose.execute(toRuleSet(body), caller)));
  }

  @Post(':id/sign')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: ruleSetDto })
  async signRuleSet(
    @Param('id', idParam('rst')) id: string,
    @Body({ schema: signatureDto }) body: z.output<typeof signatureDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<RuleSetDto> {
    return toRuleSetDto(unwrap(await this.#sign.execute(id, body.content_sha256, caller)));
  }

  @Post(':id/dry-run')
  @HttpCode(200)
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: findingDto })
  async dryRunRuleSet(
    @Param('id', idParam('rst')) id: string,
    @Body({ schema: dryRunDto }) body: DryRunDto,
  ): Promise<FindingDto> {
    const { content } = unwrap(await this.#versions.get(id));
    return unwrap(answer(new Wizard(content), body.facts));
  }

  @Get(':id/changes')
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: changesDto })
  async reportRuleSetChanges(
    @Param('id', idParam('rst')) id: string,
    @Query({ schema: afterQuery }) query: z.output<typeof afterQuery>,
  ): Promise<ChangesDto> {
    const { content } = unwrap(await this.#versions.get(id));
    return this.#changes.report(content, query.after ?? '');
  }
}
