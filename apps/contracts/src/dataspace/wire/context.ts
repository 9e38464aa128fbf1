/** The one context of Dataspace Protocol 2025-1; never fetched, only named. */
export const DSP_CONTEXT = 'https://w3id.org/dspace/2025/1/context.jsonld';
/** The version this folder speaks, as the version file names it. */
export const DSP_VERSION = '2025-1';
/** Where the exchange's root lies on the service, and with the version, its base. */
export const DSP_ROOT_PATH = '/dsp';
export const DSP_BASE_PATH = `${DSP_ROOT_PATH}/${DSP_VERSION}`;
/** Stands for the process id of a process that does not exist: error objects must always name both. */
export const NIL_PID = 'urn:uuid:00000000-0000-0000-0000-000000000000';

/** A message or an object of the protocol, as JSON. */
export interface WireMessage {
  readonly '@context': readonly string[];
  readonly '@type': string;
  readonly '@id'?: string;
  readonly [property: string]: unknown;
}

/** Both ids of a process. */
export interface Pids {
  readonly consumerPid: string;
  readonly providerPid: string;
}

/** A message of this type: exact shape by hand, since JSON-LD tools turn one-element lists into single values. */
export function wire(type: string, content: Readonly<Record<string, unknown>>): WireMessage {
  return { '@context': [DSP_CONTEXT], '@type': type, ...content };
}
