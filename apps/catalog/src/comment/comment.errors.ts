import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a comment of a reviewer. */
export const commentErrors = defineErrors({
  COMMENT_UNKNOWN: {
    kind: 'not_found',
    title: 'No such comment',
    fix: 'List the comments again and take one of theirs.',
  },
  COMMENT_BESIDE_NOTHING: {
    kind: 'unprocessable',
    title: 'The comment points at no place',
    fix: 'Give an RFC 6901 pointer into the answer of GET, such as /fields/2/meaning.',
  },
  COMMENT_ANSWERED: {
    kind: 'conflict',
    title: 'The comment was answered already',
    fix: 'Answers stand. Wait for the reviewer to write another comment.',
  },
  COMMENTS_TOO_MANY: {
    kind: 'conflict',
    title: 'There are too many comments already',
    fix: 'Return or refuse it instead of adding another comment.',
  },
});

export type CommentError = ErrorOf<typeof commentErrors>;
