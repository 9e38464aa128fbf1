import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about the people of an organisation. */
export const teamErrors = defineErrors({
  TEAM_ROLES_INVALID: {
    kind: 'unprocessable',
    title: 'The roles do not fit together',
    fix: 'Give each role once; read_only stands alone.',
  },
  TEAM_WITHOUT_OWNER: {
    kind: 'conflict',
    title: 'An organisation keeps an owner',
    fix: 'Name another owner first.',
  },
  TEAM_TOO_LARGE: {
    kind: 'conflict',
    title: 'The team is complete',
    fix: 'Take somebody off the team before adding another person.',
  },
  TEAM_MEMBER_UNKNOWN: {
    kind: 'not_found',
    title: 'No such person on the team',
    fix: 'List the team and take one of its people.',
  },
  TEAM_ROLE_NEEDED: {
    kind: 'forbidden',
    title: 'Your role in your organisation does not allow this',
    fix: 'Ask an owner of your organisation for the role, or to do it.',
  },
});

export type TeamError = ErrorOf<typeof teamErrors>;
