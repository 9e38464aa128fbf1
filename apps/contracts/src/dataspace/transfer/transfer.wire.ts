import { err, ok, type Result } from '@hetao/kernel';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import { NIL_PID, wire, type WireMessage } from '../wire/context.js';
import { segmentOf } from '../wire/ids.js';
import { bad, isLoose, listOf, propertyOf, readFrame, requiredText, termOf, textOf, type Loose } from '../wire/read.js';
import type { Opening } from './transfer-format.js';
import type { PushAddress, Transfer, TransferCommand, TransferMessage } from './transfer.js';

/** How the protocol names what is done to a transfer: the message, and the end of its path. */
const NAMES = {
  start: ['TransferStartMessage', 'start'],
  suspend: ['TransferSuspensionMessage', 'suspension'],
  complete: ['TransferCompletionMessage', 'completion'],
  terminate: ['TransferTerminationMessage', 'termination'],
} as const satisfies Readonly<Record<TransferCommand, readonly [string, string]>>;

/** The `endpointType` of plain HTTP, as connectors of other makes name it. */
const HTTP_ENDPOINT = 'https://w3id.org/idsa/v4.1/HTTP';
/** Ours: the consumer posts to the endpoint, and works beside the data. */
const SESSION_ENDPOINT = 'urn:hetao:endpoint:sandbox-session';
const EDC = 'https://w3id.org/edc/v0.0.1/ns/';

/** Where a consumer goes to, what it shows there, and what it gets. */
export interface GivenAddress {
  readonly opening: Opening;
  readonly endpoint: string;
  readonly token: string;
  /** As our own routes name it: whoever opens a session says so. */
  readonly agreementId: string;
}

/** What a request for a transfer says. */
export interface TransferRequest {
  readonly messageId: string | null;
  readonly consumerPid: string;
  readonly agreementRef: string;
  readonly format: string;
  readonly callbackAddress: string;
  readonly pushTo: PushAddress | null;
}

/** What came about a transfer that exists. */
export interface ReceivedMessage extends TransferMessage {
  readonly messageId: string | null;
  readonly consumerPid: string;
  readonly providerPid: string;
  /** As it came; only a start has one. */
  readonly dataAddress: Loose | null;
}

/** The process as it is answered, with the state of the protocol alone. */
export function transferProcess({ consumerPid, providerPid, state }: Transfer): WireMessage {
  return wire('TransferProcess', { consumerPid, providerPid: providerPid ?? NIL_PID, state });
}

/** Our request, as the consumer. */
export function requestMessage(transfer: Transfer, callbackAddress: string): WireMessage {
  const { consumerPid, agreementRef, format, pushTo } = transfer;
  const dataAddress = pushTo === null ? {} : { dataAddress: addressOf(pushTo.endpoint, pushTo.authorization) };
  return wire('TransferRequestMessage', {
    consumerPid,
    agreementId: agreementRef,
    format,
    callbackAddress,
    ...dataAddress,
  });
}

/** A message about a transfer, and where it goes: the peer knows the process by its own id. */
export function commandMessage(
  transfer: Transfer,
  { command, code, reasons = [] }: Omit<TransferMessage, 'by'>,
  given: GivenAddress | null,
): { readonly path: string; readonly message: WireMessage } {
  const { consumerPid, providerPid, role } = transfer;
  const [type, path] = NAMES[command];
  const why = {
    ...(code === null || code === undefined ? {} : { code }),
    ...(reasons.length === 0 ? {} : { reason: [...reasons] }),
  };
  const message = wire(type, {
    consumerPid,
    providerPid,
    ...(command === 'suspend' || command === 'terminate' ? why : {}),
    ...(given === null ? {} : { dataAddress: addressGiven(given) }),
  });
  const peerPid = role === 'provider' ? consumerPid : (providerPid ?? NIL_PID);
  return { path: `/transfers/${segmentOf(peerPid)}/${path}`, message };
}

function addressGiven({ opening, endpoint, token, agreementId }: GivenAddress): object {
  if (opening === 'delivery') return addressOf(endpoint, token);
  const named = { authType: 'bearer', authorization: token, agreementId };
  return { ...addressFrame(endpoint, SESSION_ENDPOINT), endpointProperties: propertiesOf(named) };
}

/** An HTTP address with a bearer token, named the way both plain readers and EDC look for it. */
function addressOf(endpoint: string, token: string | null): object {
  const bearer = token === null ? {} : { authType: 'bearer', authorization: token };
  const named = { ...bearer, [`${EDC}endpoint`]: endpoint, ...(token === null ? {} : edcToken(token)) };
  return { ...addressFrame(endpoint, HTTP_ENDPOINT), endpointProperties: propertiesOf(named) };
}

function addressFrame(endpoint: string, endpointType: string): object {
  return { '@type': 'DataAddress', endpointType, endpoint };
}

function propertiesOf(named: object): object[] {
  return Object.entries(named).map(([name, value]: [string, unknown]) => ({
    '@type': 'EndpointProperty',
    name,
    value,
  }));
}

function edcToken(token: string): object {
  return { [`${EDC}authType`]: 'bearer', [`${EDC}authorization`]: token };
}

/** Reads a request for a transfer. Whether it is granted is another question. */
export function readRequest(body: unknown): Result<TransferRequest, DataspaceError> {
  const frame = readFrame(body, 'TransferRequestMessage');
  if (!frame.ok) return frame;
  const texts = readTexts(frame.value, ['consumerPid', 'agreementId', 'format', 'callbackAddress'] as const);
  if (!texts.ok) return texts;
  const { consumerPid, agreementId: agreementRef, format, callbackAddress } = texts.value;
  const address = propertyOf(frame.value, 'dataAddress');
  const pushTo = address === undefined ? ok(null) : readAddress(address);
  if (!pushTo.ok) return pushTo;
  const messageId = textOf(frame.value['@id']) ?? null;
  // An IRI's last part, for peers that expand what has no meaning to them.
  const isOurs = format.includes('/') ? (termOf(format) ?? format) : format;
  return ok({ messageId, consumerPid, agreementRef, format: isOurs, callbackAddress, pushTo: pushTo.value });
}

/** Reads a message about a transfer that exists. */
export function readMessage(
  body: unknown,
  command: TransferCommand,
  by: TransferMessage['by'],
): Result<ReceivedMessage, DataspaceError> {
  const frame = readFrame(body, NAMES[command][0]);
  if (!frame.ok) return frame;
  const texts = readTexts(frame.value, ['consumerPid', 'providerPid'] as const);
  if (!texts.ok) return texts;
  const dataAddress = propertyOf(frame.value, 'dataAddress');
  if (dataAddress !== undefined && !isLoose(dataAddress))
    return bad('"dataAddress" must be an object.', '/dataAddress');
  return ok({
    ...texts.value,
    command,
    by,
    messageId: textOf(frame.value['@id']) ?? null,
    code: textOf(propertyOf(frame.value, 'code')) ?? null,
    reasons: listOf(propertyOf(frame.value, 'reason'))
      .map(saidIn)
      .filter((reason) => reason !== ''),
    dataAddress: dataAddress ?? null,
  });
}

/** Where data is, and with what: names by their last part, at the top or among the properties. */
export function readAddress(value: unknown): Result<PushAddress, DataspaceError> {
  if (!isLoose(value)) return bad('"dataAddress" must be an object.', '/dataAddress');
  const listed = listOf(propertyOf(value, 'endpointProperties')).filter(isLoose);
  const property = (name: string) => {
    const found = listed.find((candidate) => termOf(propertyOf(candidate, 'name')) === name);
    return found === undefined ? undefined : textOf(propertyOf(found, 'value'));
  };
  const endpoint = textOf(propertyOf(value, 'endpoint')) ?? property('endpoint');
  if (endpoint === undefined) return bad('"dataAddress" names no endpoint.', '/dataAddress/endpoint');
  return ok({ endpoint, authorization: property('authorization') ?? null });
}

/** The body speaks of the process in the path, or it is refused. */
export function aboutThis(transfer: Transfer, message: ReceivedMessage): Result<null, DataspaceError> {
  const isProviderKnown = transfer.providerPid === null || transfer.providerPid === message.providerPid;
  if (message.consumerPid === transfer.consumerPid && isProviderKnown) return ok(null);
  const detail = 'The process ids in the body are not those of the process in the path.';
  const meta = { consumerPid: transfer.consumerPid, providerPid: transfer.providerPid };
  return err(dataspaceErrors.DSP_BAD_MESSAGE(detail, { meta }));
}

function readTexts<K extends string>(message: Loose, names: readonly K[]): Result<Record<K, string>, DataspaceError> {
  const read: Partial<Record<K, string>> = {};
  for (const name of names) {
    const text = requiredText(message, name);
    if (!text.ok) return text;
    read[name] = text.value;
  }
  return ok(read as Record<K, string>);
}

/** Reasons are texts or objects, possibly empty ones. */
function saidIn(reason: unknown): string {
  const text = textOf(reason) ?? (isLoose(reason) && Object.keys(reason).length > 0 ? JSON.stringify(reason) : '');
  return text.slice(0, 500);
}
