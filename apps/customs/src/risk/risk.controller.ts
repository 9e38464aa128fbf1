import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { RelatedExporterRegister } from './related-exporters.use-cases.js';
import { RiskPolicies } from './risk-policy.queries.js';
import { ChangeRiskPolicy } from './risk-policy.use-cases.js';
import {
  relatedDto,
  relatedListDto,
  riskPolicyDto,
  riskPolicyListDto,
  riskPolicyVersionDto,
  toPolicy,
  toPolicyVersionDto,
  type RiskPolicyVersionDto,
} from './risk.dto.js';

const versionParam = { schema: z.coerce.number().int().min(2).max(1_000_000) };

/** Risk rules and rules against splitting as data, and which exporters belong together. */
@ApiTags('customs: board')
@Controller('v1/customs')
export class RiskController {
  readonly #policies: RiskPolicies;
  readonly #change: ChangeRiskPolicy;
  readonly #related: RelatedExporterRegister;

  constructor(policies: RiskPolicies, change: ChangeRiskPolicy, related: RelatedExporterRegister) {
    this.#policies = policies;
    this.#change = change;
    this.#related = related;
  }

  @Get('risk-policies')
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: riskPolicyListDto })
  async listRiskPolicies(): Promise<{ data: RiskPolicyVersionDto[] }> {
    return { data: (await this.#policies.list()).map(toPolicyVersionDto) };
  }

  @Post('risk-policies')
  @Allow('operator')
  @Repeatable()
  @ApiCreatedResponse({ standardSchema: riskPolicyVersionDto })
  async proposeRiskPolicy(
    @Body({ schema: riskPolicyDto }) body: z.output<typeof riskPolicyDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<RiskPolicyVersionDto> {
    return toPolicyVersionDto(unwrap(await this.#change.propose(toPolicy(body), caller)));
  }

  @Post('risk-policies/:version/approve')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: riskPolicyVersionDto })
  async approveRiskPolicy(
    @Param('version', versionParam) version: number,
    @Caller() caller: CallerIdentity,
  ): Promise<RiskPolicyVersionDto> {
    return toPolicyVersionDto(unwrap(await this.#change.approve(version, caller)));
  }

  @Get('related-exporters')
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: relatedListDto })
  async listRelatedExporters(): Promise<z.output<typeof relatedListDto>> {
    const groups = await this.#related.list();
    return {
      data: groups.map(({ groupId, exporterIds, reason }) => ({
        ...{ group_id: groupId, exporter_ids: [...exporterIds], reason },
      })),
    };
  }

  @Post('related-exporters')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  async relateExporters(
    @Body({ schema: relatedDto }) body: z.output<typeof relatedDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<{ group_id: string; exporter_ids: string[] }> {
    const { groupId, exporterIds } = await this.#related.relate(body.exporter_ids, body.reason, caller);
    return { group_id: groupId, exporter_ids: [...exporterIds] };
  }
}
