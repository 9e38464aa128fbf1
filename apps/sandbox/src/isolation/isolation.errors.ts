import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const isolationErrors = defineErrors({
  ISOLATION_TOO_WEAK: {
    kind: 'unavailable',
    title: 'This machine cannot hold the data safely enough',
    fix: 'See GET /v1/sandbox/isolation for what is missing; run the service where the level is available, or use the synthetic twin.',
  },
  ISOLATION_LOST: {
    kind: 'unavailable',
    title: 'The isolation that held at start no longer holds',
    fix: 'Nothing was run. The operator is told; try again when GET /v1/sandbox/isolation shows the level again.',
  },
});
export type IsolationError = ErrorOf<typeof isolationErrors>;
