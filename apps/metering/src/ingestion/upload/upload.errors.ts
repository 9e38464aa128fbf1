import { defineErrors } from '@hetao/kernel';

export const uploadErrors = defineErrors({
  UPLOAD_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such upload of yours',
    fix: 'List your uploads with GET /v1/usage/uploads.',
  },
  UPLOAD_OFFSET_WRONG: {
    kind: 'conflict',
    title: 'The part does not begin where the upload goes on',
    fix: 'Read next_offset from GET /v1/usage/uploads/{id} and send the file from that byte on.',
  },
  UPLOAD_COMPLETED: {
    kind: 'conflict',
    title: 'The upload is completed',
    fix: 'Begin another upload for further usage.',
  },
  UPLOAD_HEADER_INVALID: {
    kind: 'invalid',
    title: 'Upload-Offset or Upload-Complete cannot be read',
    fix: 'Send Upload-Offset: the byte of the file at which this part begins; and Upload-Complete: ?1 with the last part.',
  },
  UPLOAD_PART_TOO_LARGE: {
    kind: 'too_large',
    title: 'The part is too large',
    fix: 'Go on with the next part from next_offset; what came before was counted.',
  },
});
