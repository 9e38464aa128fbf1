import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const containerErrors = defineErrors({
  CONTAINER_RUNTIME_MISSING: {
    kind: 'unavailable',
    title: 'There is nothing here that could hold such code',
    fix: 'Write it in JavaScript or TypeScript, or ask the operator for the cluster that runs containers; nothing was run.',
  },
});
export type ContainerError = ErrorOf<typeof containerErrors>;
