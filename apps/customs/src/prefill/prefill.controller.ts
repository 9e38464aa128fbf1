import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idSchema, type CallerIdentity } from '@hetao/runtime';
import { declarationDto, toDeclarationDto } from '../declaration/declaration.dto.js';
import { DeclarationReview } from '../declaration/declaration-review.queries.js';
import { OpenDraft } from './open-draft.use-cases.js';

const prefillDto = z.strictObject({ agreement_id: idSchema('agr') }).meta({ id: 'DeclarationPrefill' });
const prefilledDto = z
  .object({
    declaration: declarationDto,
    missing: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'PrefilledDeclaration' });

/** The declaration of an agreement, filled with what product, parties and earlier declarations already say. */
@ApiTags('customs: declarations')
@Controller('v1/customs/declarations/prefill')
export class PrefillController {
  readonly #open: OpenDraft;
  readonly #review: DeclarationReview;

  constructor(open: OpenDraft, review: DeclarationReview) {
    this.#open = open;
    this.#review = review;
  }

  /** Opens it, or finds the one there is: safe to repeat. `missing` says what is still to be answered. */
  @Post()
  @HttpCode(200)
  @Allow('merchant')
  @ApiOkResponse({ standardSchema: prefilledDto })
  async prefillDeclaration(
    @Body({ schema: prefillDto }) body: z.output<typeof prefillDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof prefilledDto>> {
    const declaration = unwrap(await this.#open.execute(body.agreement_id, caller));
    const missing = await this.#review.missingFrom(declaration);
    return {
      declaration: toDeclarationDto(declaration),
      missing: missing.map(({ pointer, code, detail }) => ({ pointer, code, detail })),
    };
  }
}
