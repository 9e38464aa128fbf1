import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, idSchema, IfMatch, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { z } from 'zod';
import { productDto, toProductDto, type ProductDto } from '../product/product.dto.js';
import { RevisionEtag } from '../shared/revision-etag.interceptor.js';
import { AsksOfTeam } from '../team/team-role.interceptor.js';
import { UseProfile } from './use-profile.use-cases.js';

const usedProfileDto = z.strictObject({ profile_id: idSchema('prf') }).meta({ id: 'UsedProfile' });

/** From what was found out about a file to the draft of a product. */
@ApiTags('profiles')
@Controller('v1/products')
@UseInterceptors(RevisionEtag)
export class UseProfileController {
  readonly #use: UseProfile;

  constructor(use: UseProfile) {
    this.#use = use;
  }

  @Post(':id/use-profile')
  @HttpCode(200)
  @Allow('merchant')
  @Repeatable()
  @AsksOfTeam('edit_listing')
  @ApiOperation({
    summary: 'Write a profile into the draft: its columns as the dictionary, its figures as the quality',
    description: 'What was written of a column of the same name stays; tags that are guessed are added.',
  })
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the product as it was read' })
  @ApiOkResponse({ standardSchema: productDto })
  async applyProfile(
    @Param('id', idParam('prd')) id: string,
    @Body({ schema: usedProfileDto }) body: z.output<typeof usedProfileDto>,
    @IfMatch() revision: number,
    @Caller() caller: CallerIdentity,
  ): Promise<ProductDto> {
    return toProductDto(unwrap(await this.#use.execute(id, { profileId: body.profile_id, revision }, caller)));
  }
}
