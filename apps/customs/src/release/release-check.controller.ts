import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '@hetao/runtime';
import { releaseTransitions } from './release.js';
import { ReleaseChecks } from './release-check.queries.js';

const MAX_TOKEN = 64_000;
const tokenDto = z.strictObject({ token: z.string().min(1).max(MAX_TOKEN) }).meta({ id: 'ReleaseTokenToCheck' });
const standingDto = z
  .object({
    outcome: z.enum([...releaseTransitions.states, 'not_in_force', 'not_a_token', 'forged', 'superseded']),
    detail: z.string(),
    release_id: z.string().nullable(),
  })
  .meta({ id: 'ReleaseStanding' });

/** Whether a release token holds now, for whoever was given one. */
@ApiTags('customs: releases')
@Controller('v1/customs/release-checks')
export class ReleaseCheckController {
  readonly #checks: ReleaseChecks;

  constructor(checks: ReleaseChecks) {
    this.#checks = checks;
  }

  @Post()
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ standardSchema: standingDto })
  async checkRelease(
    @Body({ schema: tokenDto }) { token }: z.output<typeof tokenDto>,
  ): Promise<z.output<typeof standingDto>> {
    const { outcome, detail, releaseId } = await this.#checks.of(token);
    return { outcome, detail, release_id: releaseId };
  }
}
