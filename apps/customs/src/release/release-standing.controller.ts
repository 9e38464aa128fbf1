import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
import {
  deliveryDto,
  releaseDto,
  releaseReasonDto,
  releaseUseDto,
  toReleaseDto,
  type ReleaseDto,
} from './release.dto.js';
import { ChangeRelease, UseRelease } from './release.use-cases.js';
import type { ReleaseCommand } from './release.js';

type Reason = z.output<typeof releaseReasonDto>;

/** What happens to a release: used, suspended, resumed, revoked. */
@ApiTags('customs: releases')
@Controller('v1/customs/releases/:id')
export class ReleaseStandingController {
  readonly #change: ChangeRelease;
  readonly #use: UseRelease;

  constructor(change: ChangeRelease, use: UseRelease) {
    this.#change = change;
    this.#use = use;
  }

  @Post('uses')
  @HttpCode(200)
  @Allow('merchant', 'system')
  @Idempotent()
  @ApiOkResponse({ standardSchema: releaseUseDto })
  async useRelease(
    @Param('id', idParam('rel')) id: string,
    @Body({ schema: deliveryDto }) body: z.output<typeof deliveryDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof releaseUseDto>> {
    const { recipient_id: recipientId, general, sensitive, ...use } = body;
    const delivery = { ...use, recipientId, persons: { general, sensitive } };
    const { release, used } = unwrap(await this.#use.execute(id, delivery, caller));
    const left = (category: 'general' | 'sensitive'): number | null => {
      const allowed = release.quota[category];
      return allowed === null ? null : allowed - used[category];
    };
    return { release_id: id, used, remaining: { general: left('general'), sensitive: left('sensitive') } };
  }

  @Post('suspend')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: releaseDto })
  suspendRelease(
    @Param('id', idParam('rel')) id: string,
    @Body({ schema: releaseReasonDto }) { reason }: Reason,
    @Caller() caller: CallerIdentity,
  ): Promise<ReleaseDto> {
    return this.#take(id, 'suspend', reason, caller);
  }

  @Post('resume')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: releaseDto })
  resumeRelease(
    @Param('id', idParam('rel')) id: string,
    @Body({ schema: releaseReasonDto }) { reason }: Reason,
    @Caller() caller: CallerIdentity,
  ): Promise<ReleaseDto> {
    return this.#take(id, 'resume', reason, caller);
  }

  @Post('revoke')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: releaseDto })
  revokeRelease(
    @Param('id', idParam('rel')) id: string,
    @Body({ schema: releaseReasonDto }) { reason }: Reason,
    @Caller() caller: CallerIdentity,
  ): Promise<ReleaseDto> {
    return this.#take(id, 'revoke', reason, caller);
  }

  async #take(id: string, command: ReleaseCommand, reason: string, caller: CallerIdentity): Promise<ReleaseDto> {
    return toReleaseDto(unwrap(await this.#change.execute(id, { command, reason, by: caller })));
  }
}
