import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why nothing may be delivered across a border now. */
export const clearanceErrors = defineErrors({
  RELEASE_NOT_IN_FORCE: {
    kind: 'forbidden',
    title: 'No release of customs is in force for this agreement',
    fix: 'Read the release at customs: it may be resumed, renewed, or declared anew. Nothing crosses the border until then.',
  },
});

export type ClearanceError = ErrorOf<typeof clearanceErrors>;
