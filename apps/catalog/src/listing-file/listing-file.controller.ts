import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, type CallerIdentity } from '@hetao/runtime';
import { z } from 'zod';
import { productDto, toProductDto } from '../product/product.dto.js';
import { readListing } from './listing-file.format.js';
import { ListingFiles } from './listing-file.use-cases.js';

const YAML = 'application/yaml';
const yamlText = z.string().max(1_000_000);

const checkedFileDto = z
  .object({
    valid: z.boolean(),
    product: z.string().nullable(),
    faults: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'CheckedListingFile' });
type CheckedFileDto = z.output<typeof checkedFileDto>;

const importedFileDto = z
  .object({ outcome: z.enum(['drafted', 'revised', 'unchanged']), product: productDto })
  .meta({ id: 'ImportedListingFile' });
type ImportedFileDto = z.output<typeof importedFileDto>;
import { AsksOfTeam } from '../team/team-role.interceptor.js';

/** A listing as a file, `listing.yaml`: the wizard and the file are the same object. */
@ApiTags('listing file')
@Controller('v1/products')
export class ListingFileController {
  readonly #files: ListingFiles;

  constructor(files: ListingFiles) {
    this.#files = files;
  }

  @Get(':id/listing.yaml')
  @Allow('merchant', 'operator', 'auditor')
  @Header('content-type', `${YAML}; charset=utf-8`)
  @Header('content-disposition', 'attachment; filename="listing.yaml"')
  @ApiOkResponse({ description: 'The listing', content: { [YAML]: { schema: { type: 'string' } } } })
  async exportListing(@Param('id', idParam('prd')) id: string, @Caller() caller: CallerIdentity): Promise<string> {
    return unwrap(await this.#files.export(id, caller));
  }

  /** Says what an import would say, and imports nothing. */
  @Post('listing-files/validate')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @ApiConsumes(YAML)
  @ApiOkResponse({ standardSchema: checkedFileDto })
  validateListing(@Body({ schema: yamlText }) source: string): CheckedFileDto {
    const read = readListing(source);
    if (read.ok) return { valid: true, product: read.value.product ?? null, faults: [] };
    return { valid: false, product: null, faults: [...(read.error.items ?? [])] };
  }

  @Post('listing-files')
  @HttpCode(200)
  @Allow('merchant')
  @AsksOfTeam('edit_listing')
  @Idempotent()
  @ApiConsumes(YAML)
  @ApiOkResponse({ standardSchema: importedFileDto })
  async importListing(
    @Body({ schema: yamlText }) source: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ImportedFileDto> {
    const { outcome, product } = unwrap(await this.#files.import(source, caller));
    return { outcome, product: toProductDto(product) };
  }
}
