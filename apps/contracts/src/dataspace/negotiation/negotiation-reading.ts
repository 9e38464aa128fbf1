import { err, instantOf, ok, type Result } from '@hetao/kernel';
import { checkUsagePolicy, type OdrlPolicy } from '@hetao/rules';
import type { NegotiationMessage } from '../../negotiation/negotiation-protocol.js';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import { idOf } from '../wire/ids.js';
import { bad, isLoose, listOf, propertyOf, readFrame, requiredText, termOf, textOf, type Loose } from '../wire/read.js';

/** An offer in a message: our own ids are read back from the wire. */
export interface ReadOffer {
  /** As it was spelled, to be repeated in answers. */
  readonly ref: string;
  readonly offerId: string;
  /** Null where the offer alone names the dataset. */
  readonly datasetId: string | null;
  readonly rules: OdrlPolicy;
}

/** An agreement as the provider sent it. */
export interface ReadAgreement {
  readonly ref: string;
  readonly datasetId: string;
  readonly assigner: string;
  readonly assignee: string;
  readonly timestamp: Date;
  readonly rules: OdrlPolicy;
  /** Word for word. */
  readonly text: Loose;
}

/** A message as far as it can be judged alone. */
export interface ReadMessage {
  readonly message: NegotiationMessage;
  /** Its `@id`, by which a repetition is known; not every peer sends one. */
  readonly messageId: string | null;
  readonly providerPid: string | null;
  readonly consumerPid: string | null;
  /** Of a message that opens a negotiation. */
  readonly callbackAddress: string | null;
  readonly offer: ReadOffer | null;
  readonly agreement: ReadAgreement | null;
  readonly code: string | null;
  readonly reason: string | null;
}

/** What a route expects. */
export type Expected =
  'opening request' | 'opening offer' | 'request' | 'offer' | 'event' | 'agreement' | 'verification' | 'termination';

const TYPES: Readonly<Record<Expected, string>> = {
  'opening request': 'ContractRequestMessage',
  'opening offer': 'ContractOfferMessage',
  request: 'ContractRequestMessage',
  offer: 'ContractOfferMessage',
  event: 'ContractNegotiationEventMessage',
  agreement: 'ContractAgreementMessage',
  verification: 'ContractAgreementVerificationMessage',
  termination: 'ContractNegotiationTerminationMessage',
};

/** Longest text kept of what a peer says; ids may be long, since some are base64 of several parts. */
const MAX_TEXT = 2_000;
/** A policy of a peer is not held against any term: it says when it applies. */
const FAR = instantOf('9999-01-01T00:00:00Z');

/**
 * Reads a message liberally (reference 1.3) and checks everything that can be checked without knowing the process.
 *
 * @returns DSP_BAD_MESSAGE, with where, or DSP_POLICY_REJECTED for rules that cannot be read or contradict themselves.
 */
export function readNegotiationMessage(
  body: unknown,
  expected: Expected,
  at: Date,
): Result<ReadMessage, DataspaceError> {
  const frame = readFrame(body, TYPES[expected]);
  if (!frame.ok) return frame;
  const message = frame.value;
  const isOpening = expected === 'opening request' || expected === 'opening offer';
  const pids = isOpening ? readOpeningPids(message, expected) : readBothPids(message);
  if (!pids.ok) return pids;
  const kind = kindOf(message, expected);
  if (!kind.ok) return kind;
  const content = readContent(message, kind.value, at);
  if (!content.ok) return content;
  return ok({
    message: kind.value,
    messageId: textOf(message['@id'])?.slice(0, MAX_TEXT) ?? null,
    ...pids.value,
    ...content.value,
    code: textOf(propertyOf(message, 'code'))?.slice(0, MAX_TEXT) ?? null,
    reason: reasonOf(message),
  });
}

type OpeningPids = Pick<ReadMessage, 'providerPid' | 'consumerPid' | 'callbackAddress'>;

function readOpeningPids(
  message: Loose,
  expected: 'opening request' | 'opening offer',
): Result<OpeningPids, DataspaceError> {
  const [own, other] =
    expected === 'opening request'
      ? (['consumerPid', 'providerPid'] as const)
      : (['providerPid', 'consumerPid'] as const);
  if (propertyOf(message, other) !== undefined) {
    return bad(
      `A message that opens a negotiation has no "${other}": it goes to the path of the negotiation.`,
      `/${other}`,
    );
  }
  const pid = boundedText(message, own);
  if (!pid.ok) return pid;
  const callback = boundedText(message, 'callbackAddress');
  if (!callback.ok) return callback;
  return ok({ providerPid: null, consumerPid: null, [own]: pid.value, callbackAddress: callback.value });
}

function readBothPids(message: Loose): Result<OpeningPids, DataspaceError> {
  if (propertyOf(message, 'callbackAddress') !== undefined) {
    return bad('"callbackAddress" is for the message that opens a negotiation only.', '/callbackAddress');
  }
  const providerPid = boundedText(message, 'providerPid');
  if (!providerPid.ok) return providerPid;
  const consumerPid = boundedText(message, 'consumerPid');
  if (!consumerPid.ok) return consumerPid;
  return ok({ providerPid: providerPid.value, consumerPid: consumerPid.value, callbackAddress: null });
}

function kindOf(message: Loose, expected: Expected): Result<NegotiationMessage, DataspaceError> {
  switch (expected) {
    case 'opening request':
      return ok('request');
    case 'opening offer':
      return ok('offer');
    case 'event': {
      const event = termOf(propertyOf(message, 'eventType'));
      if (event === 'ACCEPTED') return ok('accepted');
      if (event === 'FINALIZED') return ok('finalized');
      return bad('"eventType" must be "ACCEPTED" or "FINALIZED".', '/eventType');
    }
    default:
      return ok(expected);
  }
}

function readContent(
  message: Loose,
  kind: NegotiationMessage,
  at: Date,
): Result<Pick<ReadMessage, 'offer' | 'agreement'>, DataspaceError> {
  if (kind === 'request' || kind === 'offer') {
    const offer = readOffer(propertyOf(message, 'offer'), kind, at);
    return offer.ok ? ok({ offer: offer.value, agreement: null }) : offer;
  }
  if (kind !== 'agreement') return ok({ offer: null, agreement: null });
  const agreement = readAgreement(propertyOf(message, 'agreement'), at);
  return agreement.ok ? ok({ offer: null, agreement: agreement.value }) : agreement;
}

function readOffer(value: unknown, kind: 'request' | 'offer', at: Date): Result<ReadOffer, DataspaceError> {
  if (!isLoose(value)) return bad('"offer" is required and must be an object.', '/offer');
  if (termOf(value['@type']) !== 'Offer') return bad('The "@type" of "offer" must be "Offer".', '/offer/@type');
  const ref = boundedText(value, '@id', '/offer');
  if (!ref.ok) return ref;
  const target = propertyOf(value, 'target');
  const dataset = target === undefined && kind === 'request' ? ok(null) : boundedText(value, 'target', '/offer');
  if (!dataset.ok) return dataset;
  const rules = readRules(value, '/offer', at);
  if (!rules.ok) return rules;
  const datasetId = dataset.value === null ? null : idOf(dataset.value);
  return ok({ ref: ref.value, offerId: idOf(ref.value), datasetId, rules: rules.value });
}

function readAgreement(value: unknown, at: Date): Result<ReadAgreement, DataspaceError> {
  const where = '/agreement';
  if (!isLoose(value)) return bad('"agreement" is required and must be an object.', where);
  if (termOf(value['@type']) !== 'Agreement') {
    return bad('The "@type" of "agreement" must be "Agreement".', `${where}/@type`);
  }
  const texts: string[] = [];
  for (const name of ['@id', 'target', 'assigner', 'assignee', 'timestamp']) {
    const text = boundedText(value, name, where);
    if (!text.ok) return text;
    texts.push(text.value);
  }
  const [ref = '', target = '', assigner = '', assignee = '', timestamp = ''] = texts;
  const made = instantOf(timestamp);
  if (Number.isNaN(made.getTime()) || !/^\d{4}-\d\d-\d\dT/.test(timestamp)) {
    return bad('"timestamp" must be an instant, as in 2026-11-22T10:15:30Z.', `${where}/timestamp`);
  }
  const rules = readRules(value, where, at);
  if (!rules.ok) return rules;
  return ok({ ref, datasetId: idOf(target), assigner, assignee, timestamp: made, rules: rules.value, text: value });
}

function readRules(value: Loose, where: string, at: Date): Result<OdrlPolicy, DataspaceError> {
  const policy = checkUsagePolicy(value, { window: { from: at, until: FAR }, unknownTerms: 'keep' });
  if (!policy.ok) {
    const pointer = `${where}${policy.error.pointer ?? ''}`;
    return err(dataspaceErrors.DSP_POLICY_REJECTED(policy.error.detail, { pointer }));
  }
  const { permission, prohibition } = policy.value;
  // Some connectors write "no restrictions" as no rules at all, which the schema does not know.
  const isSilent = permission === undefined && prohibition === undefined;
  return ok(isSilent ? { ...policy.value, permission: [{ action: 'use' }] } : policy.value);
}

function boundedText(message: Loose, name: string, where = ''): Result<string, DataspaceError> {
  const text = requiredText(message, name);
  if (!text.ok) return bad(text.error.detail, `${where}/${name}`);
  if (text.value.length <= MAX_TEXT) return text;
  return bad(`"${name}" has ${text.value.length} characters; ${MAX_TEXT} are taken at most.`, `${where}/${name}`);
}

/** Items may be texts or objects, also empty ones; what can be read of them is kept. */
function reasonOf(message: Loose): string | null {
  const items = listOf(propertyOf(message, 'reason')).map(
    (item) => textOf(item) ?? (isLoose(item) ? textIn(item) : ''),
  );
  const text = items
    .filter((item) => item !== '')
    .join(' ')
    .slice(0, MAX_TEXT);
  return text === '' ? null : text;
}

function textIn(item: Loose): string {
  return Object.values(item)
    .map(textOf)
    .filter((text) => text !== undefined)
    .join(' ');
}
