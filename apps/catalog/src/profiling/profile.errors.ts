import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a file that is to be profiled, at the door or when it is read. */
export const profileErrors = defineErrors({
  PROFILE_UNKNOWN: { kind: 'not_found', title: 'No such profile', fix: 'GET /v1/profiles lists your profiles.' },
  PROFILE_NOT_COMPLETED: {
    kind: 'conflict',
    title: 'The profile is not completed',
    fix: 'Wait until its state is completed; of a failed one, mend the file and begin anew.',
  },
  PROFILE_PART_HEADERS: {
    kind: 'invalid',
    title: 'A part does not say where it belongs',
    fix: 'Send Upload-Offset with digits, and Upload-Complete: ?1 with the last part, ?0 before.',
  },
  PROFILE_OFFSET_WRONG: {
    kind: 'conflict',
    title: 'The part does not begin where the file ends',
    fix: 'Read the profile again and send from its next_offset.',
  },
  PROFILE_RECEIVED: {
    kind: 'conflict',
    title: 'The file is complete already',
    fix: 'Begin a new profile for another file.',
  },
  PROFILE_FILE_TOO_LARGE: {
    kind: 'too_large',
    title: 'The file is larger than what is profiled',
    fix: 'Send a part of the rows, chosen so that it represents all of them.',
  },
  PROFILE_TOO_MANY: {
    kind: 'rate_limited',
    title: 'Too many files of your organisation wait',
    fix: 'Wait until one is done, then begin the next.',
  },
  PROFILE_EMPTY: { kind: 'unprocessable', title: 'There is no row in the file', fix: 'Send a file with data in it.' },
  PROFILE_COMPRESSED: {
    kind: 'unprocessable',
    title: 'The file is an archive or a workbook',
    fix: 'Send the CSV, JSON Lines or Parquet file itself, not packed.',
  },
  PROFILE_FORMAT_WRONG: {
    kind: 'unprocessable',
    title: 'The file is of another format than it was said to be',
    fix: 'Begin a new profile with the format that the file has.',
  },
  PROFILE_ENCODING_UNCLEAR: {
    kind: 'unprocessable',
    title: 'The encoding of the file cannot be told',
    fix: 'Begin a new profile and name the encoding: utf-8, gb18030, big5, utf-16le or utf-16be.',
  },
  PROFILE_ENCODING_BROKEN: {
    kind: 'unprocessable',
    title: 'The file is not in the encoding it begins in',
    fix: 'Save the file in one encoding, UTF-8 at best, or name the right one.',
  },
  PROFILE_NUL_BYTES: {
    kind: 'unprocessable',
    title: 'There are NUL bytes in the text',
    fix: 'Export the file again; NUL bytes mean that it was cut, or that it is no text.',
  },
  PROFILE_UNREADABLE: {
    kind: 'unprocessable',
    title: 'The file cannot be read',
    fix: 'Mend what the detail says, and send the file again.',
  },
  PROFILE_ROWS_BROKEN: {
    kind: 'unprocessable',
    title: 'Most rows do not fit the header',
    fix: 'Check separators and quotes at the lines that are named.',
  },
  PROFILE_TOO_WIDE: {
    kind: 'unprocessable',
    title: 'The file has too many columns',
    fix: 'Describe at most 2000 columns; split the table.',
  },
  PROFILE_EXPANDS: {
    kind: 'unprocessable',
    title: 'The file unpacks into more than what is read',
    fix: 'Send a file whose contents are closer to its size, or fewer rows.',
  },
  PROFILE_OUT_OF_TIME: {
    kind: 'unprocessable',
    title: 'Measuring the file took too long',
    fix: 'Send fewer rows or columns.',
  },
  PROFILE_OUT_OF_MEMORY: {
    kind: 'unprocessable',
    title: 'Measuring the file took too much memory',
    fix: 'Send fewer rows or columns, or shorter values.',
  },
  PROFILE_INTERRUPTED: {
    kind: 'unavailable',
    title: 'Measuring the file was interrupted again and again',
    fix: 'Send the file once more; if it happens again, tell the exchange.',
  },
  PROFILE_ABANDONED: {
    kind: 'unprocessable',
    title: 'The file was never completed',
    fix: 'Begin a new profile and send every part within a day.',
  },
});

export type ProfileError = ErrorOf<typeof profileErrors>;
