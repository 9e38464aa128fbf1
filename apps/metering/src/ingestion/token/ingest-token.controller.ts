import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, Caller, type CallerIdentity } from '@hetao/runtime';
import { formatInstant } from '../../window/instant.js';
import { IngestTokens } from './ingest-tokens.js';

const newToken = z
  .strictObject({
    agreement_ids: z
      .array(z.string().min(1).max(200))
      .max(50)
      .default([])
      .describe('Only usage of these agreements may be reported with it; empty: all of your own'),
    expires_in: z.int().min(60).max(3_600).default(900).describe('Seconds until it is worth nothing'),
  })
  .meta({ id: 'NewIngestToken' });

const tokenDto = z
  .object({
    token: z.string().describe('Shown once. Authorization: Bearer … at POST /v1/usage/ingest'),
    organisation_id: z.string(),
    agreement_ids: z.array(z.string()),
    expires_at: z.string(),
  })
  .meta({ id: 'IngestToken' });

@Controller('v1/usage/ingest-tokens')
export class IngestTokenController {
  constructor(private readonly tokens: IngestTokens) {}

  @Post()
  @Allow('merchant')
  @ApiOperation({ summary: 'A short-lived token for those who measure' })
  @ApiCreatedResponse({ standardSchema: tokenDto })
  async mintIngestToken(
    @Body({ schema: newToken }) body: z.output<typeof newToken>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.infer<typeof tokenDto>> {
    const { token, grant } = await this.tokens.mint(caller.organisationId, body.agreement_ids, body.expires_in);
    return {
      token,
      organisation_id: grant.organisationId,
      agreement_ids: [...grant.agreementIds],
      expires_at: formatInstant(grant.expiresAtMs),
    };
  }
}
