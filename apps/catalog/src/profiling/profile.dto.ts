import { z } from 'zod';
import { cursorQuery, pageOf, text } from '@hetao/runtime';
import { qualityDimensions } from '../card/product-card.js';
import { profileFormats, profileTransitions, type Profile } from './profile.js';
import { columnTypes, type ColumnProfile, type ProfileResult } from './profile.result.js';
import { encodings } from './text-encoding.js';
import { formNames } from './value-forms.js';

const count = z.int().nonnegative();
const MAX_DAYS = 3_660;

export const newProfileDto = z
  .strictObject({
    name: text(200).describe('What you call the file'),
    format: z.enum(profileFormats),
    encoding: z.enum(encodings).nullable().default(null).describe('Of a text; found out where it is not named'),
    renewed_every_days: z
      .int()
      .min(1)
      .max(MAX_DAYS)
      .nullable()
      .default(null)
      .describe('Days within which the data is renewed: what its timeliness is measured by'),
  })
  .meta({ id: 'NewProfile' });
export type NewProfileDto = z.output<typeof newProfileDto>;

const decimalText = z.string().nullable();
const columnDto = z
  .object({
    name: z.string(),
    type: z.enum(columnTypes),
    unit: z.string().nullable().describe('Guessed by the name, in the code of UCUM or ISO 4217'),
    form: z.enum(formNames).nullable().describe('What most of the first values are'),
    personal: z.boolean().describe('Guess: personal information (PIPL, article 4)'),
    sensitive: z.boolean().describe('Guess: sensitive personal information (PIPL, article 28)'),
    health: z.boolean(),
    gene: z.boolean(),
    minor: z.boolean(),
    reasons: z.array(z.string()).describe('Why it is guessed so'),
    filled: count,
    missing: count,
    distinct: count.nullable().describe('Different values, estimated'),
    min: z.string().nullable().describe('Withheld where the column seems to be about people or genes'),
    max: z.string().nullable(),
    mean: decimalText,
    deviation: decimalText,
    quartiles: z.array(z.string()).length(3).nullable(),
    longest: count.nullable().describe('Characters of the longest text'),
    following: count.nullable().describe('Values that follow the form'),
  })
  .meta({ id: 'ColumnProfile' });

const qualityDto = z.object({
  dimension: z.enum(qualityDimensions).describe('GB/T 36344-2018'),
  score: z.string().nullable().describe('Percent; null where the file has nothing to measure it by'),
  method: z.string(),
});

export const profileDto = z
  .object({
    id: z.string(),
    name: z.string(),
    format: z.enum(profileFormats),
    state: z.enum(profileTransitions.states),
    next_offset: count.describe('Byte of the file from which the next part is to be sent'),
    progress_percent: z.int().min(0).max(100),
    problem: z
      .object({ code: z.string(), title: z.string(), detail: z.string(), fix: z.string() })
      .nullable()
      .describe('Why it failed'),
    result: z
      .object({
        encoding: z.string().nullable(),
        rows: count,
        broken_lines: count.describe('Lines that could not be cut into the columns of the header'),
        mistyped_lines: count.describe("Lines with a value that is not of its column's type"),
        first_bad_line: count.nullable(),
        columns: z.array(columnDto),
        quality: z.array(qualityDto).describe('The six dimensions of GB/T 36344-2018'),
        assessed_on: z.iso.date(),
      })
      .nullable(),
    created_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Profile' });
export type ProfileDto = z.output<typeof profileDto>;

export const profileQueryDto = cursorQuery;
export const profilePageDto = pageOf(profileDto).meta({ id: 'ProfilePage' });

export function toProfileDto(profile: Profile): ProfileDto {
  const { id, name, format, state, nextOffset, progress, problem, result, createdAt, finishedAt } = profile;
  return {
    ...{ id, name, format, state, problem, next_offset: nextOffset, progress_percent: progress },
    result: result === null ? null : toResultDto(result as ProfileResult),
    created_at: createdAt.toISOString(),
    finished_at: finishedAt?.toISOString() ?? null,
  };
}

function toResultDto(result: ProfileResult): NonNullable<ProfileDto['result']> {
  const { encoding, rows, brokenLines, mistypedLines, firstBadLine, columns, quality, assessedOn } = result;
  return {
    ...{ encoding, rows, broken_lines: brokenLines, mistyped_lines: mistypedLines, first_bad_line: firstBadLine },
    columns: columns.map(({ guess, quartiles, ...column }: ColumnProfile) => ({
      ...column,
      ...guess,
      reasons: [...guess.reasons],
      quartiles: quartiles && [...quartiles],
    })),
    quality: [...quality],
    assessed_on: assessedOn,
  };
}
