import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const sessionErrors = defineErrors({
  SESSION_UNKNOWN: {
    kind: 'not_found',
    title: 'There is no such session',
    fix: 'List your sessions at /v1/sandbox/sessions and take an id from there.',
  },
  SESSION_NOT_NOW: {
    kind: 'conflict',
    title: 'The session does not take this step now',
    fix: 'Read the session: its status tells which steps are open.',
  },
  SESSION_ALREADY_LIVE: {
    kind: 'conflict',
    title: 'You have a session open',
    fix: 'Go on in the open session, or end it first: a person has one at a time.',
  },
  SESSION_OWN_CASE: {
    kind: 'forbidden',
    title: 'Nobody decides about his own session',
    fix: 'Ask a colleague of the data’s custodian, or another operator.',
  },
  SESSION_SAME_OPERATOR: {
    kind: 'conflict',
    title: 'A thaw needs two different operators',
    fix: 'Ask another operator to look at the recording and to say yes.',
  },
  SESSION_MINUTES_SPENT: {
    kind: 'forbidden',
    title: 'The agreement has no session time left',
    fix: 'Agree on more session minutes; GET /v1/sandbox/sessions shows where they went.',
  },
  SESSION_PERSON_ONLY: {
    kind: 'forbidden',
    title: 'A session belongs to a person',
    fix: 'Sign in: an API key cannot look at a screen, and nobody may look in for another.',
  },
  SESSION_RECORDING_MISSING: {
    kind: 'not_found',
    title: 'There is no recording of this session',
    fix: 'A session is recorded from its start on; look whether it was ever started.',
  },
  SESSION_ELSEWHERE: {
    kind: 'unavailable',
    title: 'The session runs in another process',
    fix: 'Connect again: the door leads a session to the process that holds it. If it stays so, end the session and open a new one.',
  },
  SESSION_NOT_PROVIDED: {
    kind: 'unavailable',
    title: 'The session could not be provided',
    fix: 'Ask for a new session in a few minutes; the operator has been told what was missing.',
  },
  STREAM_NEEDS_WEBSOCKET: {
    kind: 'precondition_required',
    title: 'A stream is a WebSocket',
    fix: 'Open it with wss:// from a page of the exchange: new WebSocket(session.stream).',
  },
  MARK_NOT_FOUND: {
    kind: 'unprocessable',
    title: 'The picture carries no mark of ours',
    fix: 'Give the whole screen, straightened and with nothing around it, as JPEG.',
  },
});
export type PixelSessionError = ErrorOf<typeof sessionErrors>;
