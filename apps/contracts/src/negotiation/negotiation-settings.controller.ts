import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, Caller, type CallerIdentity } from '@hetao/runtime';
import type { NegotiationSettings } from './negotiation-settings.js';
import { SetNegotiationSettings } from './negotiation-settings.use-cases.js';

const settings = {
  agree_automatically: z
    .boolean()
    .describe(
      'As a merchant: agree at once to requests for exactly what was published, or less, and to own offers accepted',
    ),
  verify_automatically: z
    .boolean()
    .describe('As a buyer: verify at once an agreement of a peer that says what was offered'),
};
const newSettingsDto = z.strictObject(settings).meta({ id: 'NewNegotiationSettings' });
const settingsDto = z
  .object({
    ...settings,
    set_by: z.string().nullable().describe('Who said so and answers for it; null while the defaults hold'),
    set_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'NegotiationSettings' });

/** What the exchange may do of itself in the name of the caller's organisation. */
@ApiTags('access requests')
@Controller('v1/negotiation-settings')
export class NegotiationSettingsController {
  readonly #settings: SetNegotiationSettings;

  constructor(settings: SetNegotiationSettings) {
    this.#settings = settings;
  }

  @Get()
  @Allow('merchant', 'buyer')
  @ApiOkResponse({ standardSchema: settingsDto })
  async getNegotiationSettings(@Caller() caller: CallerIdentity): Promise<z.output<typeof settingsDto>> {
    return toDto(await this.#settings.read(caller.organisationId));
  }

  @Put()
  @Allow('merchant', 'buyer')
  @ApiOkResponse({ standardSchema: settingsDto })
  async setNegotiationSettings(
    @Body({ schema: newSettingsDto }) body: z.output<typeof newSettingsDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof settingsDto>> {
    const wanted = {
      agreeAutomatically: body.agree_automatically,
      verifyAutomatically: body.verify_automatically,
    };
    return toDto(await this.#settings.execute(wanted, caller));
  }
}

function toDto({ agreeAutomatically, verifyAutomatically, setBy }: NegotiationSettings) {
  return {
    agree_automatically: agreeAutomatically,
    verify_automatically: verifyAutomatically,
    set_by: setBy?.displayName ?? null,
    set_at: setBy?.at.toISOString() ?? null,
  };
}
