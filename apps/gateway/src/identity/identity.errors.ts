import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with an account, or with making one. */
export const identityErrors = defineErrors({
  ACCOUNT_EMAIL_TAKEN: {
    kind: 'conflict',
    title: 'There is an account with this e-mail address already',
    fix: 'Use another address, or let the member sign in with the account there is.',
  },
  PASSWORD_NOT_ACCEPTED: {
    kind: 'unprocessable',
    title: 'The password is not acceptable',
    fix: 'Use 12 to 128 characters that are not a usual password, the name, or the e-mail address; a sentence is easiest to remember.',
  },
  DEMO_ACCOUNT_REFUSED: {
    kind: 'forbidden',
    title: 'No demo account is made here',
    fix: 'Leave demo out and choose a good password; demo accounts are for an exchange started with DEMO=1, by its operator.',
  },
  MEMBER_OF_ANOTHER_ORGANISATION: {
    kind: 'forbidden',
    title: 'Members are added by their own organisation or by the operator',
    fix: 'Leave organisation_id to your own organisation, or ask the operator of the exchange.',
  },
  PERSONA_NOT_YOURS_TO_GIVE: {
    kind: 'forbidden',
    title: 'Nobody can give a role they do not have',
    fix: 'Ask for roles you have yourself, or let the operator of the exchange add this member.',
  },
  MEMBER_ROLE_NEEDED: {
    kind: 'forbidden',
    title: 'Your role in your organisation does not allow this',
    fix: 'Ask an owner of your organisation for one of the named roles, or to do it.',
  },
  MEMBER_ROLES_INVALID: {
    kind: 'unprocessable',
    title: 'The roles do not fit together',
    fix: 'Give each role once; read_only stands alone.',
  },
  MEMBER_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such member in your organisation',
    fix: 'List the members with GET /v1/members and use an id from there.',
  },
  MEMBER_LAST_OWNER: {
    kind: 'conflict',
    title: 'An organisation keeps an owner',
    fix: 'Make another member an owner first.',
  },
  MEMBERS_TOO_MANY: {
    kind: 'conflict',
    title: 'The organisation has as many members as it may have',
    fix: 'Close accounts or revoke invitations that are no longer used.',
  },
  INVITATION_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such open invitation in your organisation',
    fix: 'List the invitations with GET /v1/invitations and use an id from there.',
  },
  INVITATION_UNUSABLE: {
    kind: 'gone',
    title: 'This invitation cannot be used',
    fix: 'Ask whoever invited you for a new one; an invitation is good for seven days, once.',
  },
  ORGANISATION_UNKNOWN: {
    kind: 'unprocessable',
    title: 'There is no such organisation on the exchange',
    fix: 'Register it first with POST /v1/participants, then use the id of the answer.',
  },
  ORGANISATION_NOT_CHECKED: {
    kind: 'unavailable',
    title: 'Whether the organisation exists could not be checked',
    fix: 'Send the same request again in a moment.',
  },
  CREDENTIALS_WRONG: {
    kind: 'unauthenticated',
    title: 'E-mail address and password do not fit',
    fix: 'Check both; after several wrong tries signing in is slowed down.',
  },
  SIGN_IN_THROTTLED: {
    kind: 'rate_limited',
    title: 'Too many wrong tries to sign in',
    fix: 'Wait as long as the answer says, then try again; an administrator can set a new password.',
  },
  SETUP_LINK_UNUSABLE: {
    kind: 'gone',
    title: 'This set-up link cannot be used',
    fix: 'Start the gateway again while there is no operator yet: it prints a new link, good for 30 minutes.',
  },
});

export type IdentityError = ErrorOf<typeof identityErrors>;
