import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const manifestErrors = defineErrors({
  MANIFEST_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such manifest of yours',
    fix: 'List those of your agreements with GET /v1/delivery-manifests.',
  },
  MANIFEST_FILE_UNREADABLE: {
    kind: 'unavailable',
    title: 'The file could not be read whole',
    fix: 'Check the path with a call of its own; a file beyond the size or the time one answer may take has no manifest.',
  },
});

export type ManifestError = ErrorOf<typeof manifestErrors>;
