import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const personsErrors = defineErrors({
  USAGE_PERSONS_INVALID: {
    kind: 'unprocessable',
    title: 'The persons of the event cannot be counted',
    fix: 'Send data.persons as { "general": [], "sensitive": [] }, each with at most 1000 salted SHA-256 commitments in lower-case hexadecimal.',
  },
});

export type PersonsError = ErrorOf<typeof personsErrors>;
