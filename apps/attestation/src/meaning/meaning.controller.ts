import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { matchDoesNotProve, matchProves, outcomeMeanings } from '@hetao/proofs';
import { Public } from '@hetao/runtime';
import { z } from 'zod';

const localized = z.object({ en: z.string(), 'zh-Hans': z.string(), 'zh-Hant': z.string() });
const meaningDto = z
  .object({
    match_proves: z.array(localized),
    match_does_not_prove: z.array(localized),
    outcomes: z.record(z.string(), localized),
  })
  .meta({ id: 'AttestationMeaning' });

/** What a match proves and what it does not, word for word as every page and letter must show it. */
@ApiTags('attestations')
@Controller('v1/attestation-meaning')
@Public()
export class MeaningController {
  @Get()
  @ApiOkResponse({ standardSchema: meaningDto })
  getAttestationMeaning(): z.output<typeof meaningDto> {
    return {
      match_proves: [...matchProves],
      match_does_not_prove: [...matchDoesNotProve],
      outcomes: { ...outcomeMeanings },
    };
  }
}
