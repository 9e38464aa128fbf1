import { defineErrors, type ErrorItem, type ErrorOf } from '@hetao/kernel';

export const declarationErrors = defineErrors({
  DECLARATION_UNKNOWN: {
    kind: 'not_found',
    title: 'No such declaration',
    fix: 'Check the id; GET /v1/customs/declarations lists those you may see.',
  },
  DECLARATION_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The declaration is not in a state that allows this',
    fix: 'Read the declaration again and choose one of the commands its status accepts.',
  },
  DECLARATION_INCOMPLETE: {
    kind: 'unprocessable',
    title: 'The declaration is not complete',
    fix: 'Supply what each entry of errors names, then check again.',
  },
  DECLARATION_NOT_EXEMPT: {
    kind: 'conflict',
    title: 'The rules do not exempt this transfer',
    fix: 'Take the pathway the finding names, or correct the facts if they are wrong.',
  },
  DECLARATION_NOT_CLEARED: {
    kind: 'conflict',
    title: 'The declaration may not be released yet',
    fix: 'Clear every track and supply what the entries of errors name.',
  },
  DECISION_DATES_INVALID: {
    kind: 'unprocessable',
    title: 'The dates of the decision cannot be',
    fix: 'Enter the dates of the paper itself; how long it may hold is in the validity of the requirement.',
  },
  SUPPLEMENT_UNKNOWN: {
    kind: 'unprocessable',
    title: 'Nothing of that number was asked for',
    fix: 'Answer the items of the last round in supplements, each by its id.',
  },
  DECLARATION_NOT_EXTENDABLE: {
    kind: 'conflict',
    title: 'This declaration cannot be extended',
    fix: 'Only a released declaration of a pathway with an extension can; otherwise declare anew.',
  },
  DECLARATION_EXTENSION_TOO_EARLY: {
    kind: 'conflict',
    title: 'The window for an extension is not open',
    fix: 'Ask again within the window named in the detail, before the decision ends.',
  },
  DECLARATION_TRACK_UNKNOWN: {
    kind: 'not_found',
    title: 'The declaration has no such track',
    fix: 'The tracks of a declaration are in its field tracks.',
  },
  DECLARATION_FOUR_EYES: {
    kind: 'forbidden',
    title: 'Nobody releases on a decision he entered himself',
    fix: 'Ask another officer to release.',
  },
});
export type DeclarationError = ErrorOf<typeof declarationErrors>;

/** Everything that is missing, at once. */
export function incomplete(items: readonly ErrorItem[]): DeclarationError {
  const detail = `${items.length} thing(s) are missing or do not fit together.`;
  return declarationErrors.DECLARATION_INCOMPLETE(detail, { items });
}

export function wrongDates(items: readonly ErrorItem[]): DeclarationError {
  const detail = items.map((item) => item.detail).join(' ');
  return declarationErrors.DECISION_DATES_INVALID(detail, { items });
}
