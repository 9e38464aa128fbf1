import { defineErrors, type ErrorOf } from '@hetao/kernel';

/**
 * What a peer is told. On the wire the code goes without its prefix, and the status is the protocol's: everything that
 * does not fit a state is 400, never 409.
 */
export const dataspaceErrors = defineErrors({
  DSP_BAD_MESSAGE: {
    kind: 'invalid',
    title: 'The message is not one of Dataspace Protocol 2025-1',
    fix: 'Send the message as its JSON Schema of 2025-1 describes it.',
  },
  DSP_UNKNOWN_PROCESS: {
    kind: 'not_found',
    title: 'There is no such process',
    fix: 'Use the process id that was answered when the process was opened, as the party that takes part in it.',
  },
  DSP_INVALID_STATE: {
    kind: 'invalid',
    title: 'The message is not possible in this state',
    fix: 'Read the process, and send a message that its state allows.',
  },
  DSP_WRONG_ROLE: {
    kind: 'invalid',
    title: 'The message is not for this side to send',
    fix: 'Only the other side of this process may send this message.',
  },
  DSP_UNKNOWN_OFFER: {
    kind: 'invalid',
    title: 'There is no such offer',
    fix: 'Request the catalog again and use the id of an offer in it.',
  },
  DSP_UNKNOWN_DATASET: {
    kind: 'not_found',
    title: 'There is no such dataset',
    fix: 'Request the catalog again and use the id of a dataset in it.',
  },
  DSP_UNKNOWN_AGREEMENT: {
    kind: 'invalid',
    title: 'There is no such agreement',
    fix: 'Use the id of an agreement that is finalized, in force, and yours.',
  },
  DSP_POLICY_REJECTED: {
    kind: 'invalid',
    title: 'The policy does not allow this',
    fix: 'Read the reason, and ask for terms that allow your use.',
  },
  DSP_CALLBACK_NOT_SUPPORTED: {
    kind: 'invalid',
    title: 'The address cannot be called',
    fix: 'Give a public http(s) address without credentials, query or fragment.',
  },
  DSP_FORMAT_NOT_SUPPORTED: {
    kind: 'invalid',
    title: 'The dataset is not given in this format',
    fix: 'Use one of the formats in the dataset’s distributions.',
  },
  DSP_FILTER_NOT_SUPPORTED: {
    kind: 'invalid',
    title: 'The filter is not understood',
    fix: 'Leave the filter out, or send a QuerySpec with =, in, like or ilike on id or title.',
  },
  DSP_UNAUTHENTICATED: {
    kind: 'unauthenticated',
    title: 'The peer is not known',
    fix: 'Send the Authorization header that was agreed with the operator of this exchange.',
  },
});

export type DataspaceError = ErrorOf<typeof dataspaceErrors>;
