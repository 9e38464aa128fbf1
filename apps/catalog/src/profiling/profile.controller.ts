import { Readable } from 'node:stream';
import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainException, seesEveryTenant, unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import {
  newProfileDto,
  profileDto,
  profilePageDto,
  profileQueryDto,
  toProfileDto,
  type NewProfileDto,
  type ProfileDto,
} from './profile.dto.js';
import { profileErrors } from './profile.errors.js';
import { ProfileQueries } from './profile.queries.js';
import { TakeFile } from './take-file.use-cases.js';

/** The media type of a part of a file; what the file is was said when it was begun. */
export const PART_TYPE = 'application/octet-stream';

/** Files that are profiled: a draft of the dictionary, statistics of every column, and the six figures of quality. */
@ApiTags('profiles')
@Controller('v1/profiles')
@Allow('merchant')
export class ProfileController {
  readonly #files: TakeFile;
  readonly #profiles: ProfileQueries;

  constructor(files: TakeFile, profiles: ProfileQueries) {
    this.#files = files;
    this.#profiles = profiles;
  }

  @Post()
  @Repeatable()
  @ApiOperation({ summary: 'Begin the profile of a file: CSV, JSON Lines or Parquet' })
  @ApiCreatedResponse({ standardSchema: profileDto })
  async beginProfile(
    @Body({ schema: newProfileDto }) body: NewProfileDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ProfileDto> {
    const { renewed_every_days: renewedEveryDays, ...file } = body;
    return toProfileDto(unwrap(await this.#files.begin(caller.organisationId, { ...file, renewedEveryDays })));
  }

  @Patch(':id')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a part of the file',
    description:
      'Bytes, up to 64 MiB a part. Upload-Offset says at which byte of the file it begins; Upload-Complete: ?1 comes with ' +
      'the last part. The answer tells where the next part begins; with the last one the file waits to be measured.',
  })
  @ApiConsumes(PART_TYPE)
  @ApiOkResponse({ standardSchema: profileDto })
  async sendProfilePart(
    @Param('id', idParam('prf')) id: string,
    @Body() content: unknown,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Caller() caller: CallerIdentity,
  ): Promise<ProfileDto> {
    const part = { ...placeOf(headers), content: content instanceof Readable ? content : Readable.from([]) };
    return toProfileDto(await this.#files.take(id, part, caller));
  }

  @Get()
  @Allow('merchant', 'operator', 'auditor')
  @ApiOperation({ summary: 'Your profiles, newest first' })
  @ApiOkResponse({ standardSchema: profilePageDto })
  async listProfiles(
    @Query({ schema: profileQueryDto }) { limit, cursor }: z.output<typeof profileQueryDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ProfileDto>> {
    const before = afterCursor(cursor)?.[0];
    const organisationId = seesEveryTenant(caller) ? null : caller.organisationId;
    const rows = await this.#profiles.list(organisationId, before === undefined ? null : String(before), limit + 1);
    const page = cursorPage(rows, limit, ({ id }) => [id]);
    return { ...page, data: page.data.map(toProfileDto) };
  }

  @Get(':id')
  @Allow('merchant', 'operator', 'auditor')
  @ApiOperation({ summary: 'How far a profile is, and what was found out' })
  @ApiOkResponse({ standardSchema: profileDto })
  async getProfile(@Param('id', idParam('prf')) id: string, @Caller() caller: CallerIdentity): Promise<ProfileDto> {
    return toProfileDto(await this.#files.get(id, caller));
  }
}

/** Names and forms as in the resumable uploads draft of the IETF's HTTP group. */
function placeOf(headers: Readonly<Record<string, string | undefined>>): { offset: number; isLast: boolean } {
  const { 'upload-offset': offset = '', 'upload-complete': complete = '?0' } = headers;
  if (/^\d{1,15}$/.test(offset) && /^\?[01]$/.test(complete))
    return { offset: Number(offset), isLast: complete === '?1' };
  throw new DomainException(
    profileErrors.PROFILE_PART_HEADERS('Upload-Offset must be digits, Upload-Complete ?0 or ?1.'),
  );
}
