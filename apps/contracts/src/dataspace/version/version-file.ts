import { deterministicId } from '@hetao/kernel';
import type { DataspaceConfig } from '../dataspace.config.js';
import { DSP_VERSION } from '../wire/context.js';

/** Our base for 2025-1 as peers reach it: what we give as callbackAddress and endpointURL. */
export function ownBase(config: Pick<DataspaceConfig, 'DATASPACE_ROOT_URL'>): string {
  return `${config.DATASPACE_ROOT_URL}/${DSP_VERSION}`;
}

/** Names this service in catalogs and in the version file: the same for the same participant, for ever. */
export function serviceIri({ DATASPACE_PARTICIPANT_ID }: Pick<DataspaceConfig, 'DATASPACE_PARTICIPANT_ID'>): string {
  return `urn:hetao:service:${deterministicId('svc', DATASPACE_PARTICIPANT_ID)}`;
}

/** What is served at `{root}/.well-known/dspace-version`: plain JSON, no context (reference 2). */
export function versionFile(config: DataspaceConfig) {
  const { DATASPACE_PARTICIPANT_ID: participantId } = config;
  return {
    protocolVersions: [
      {
        version: DSP_VERSION,
        path: `/${DSP_VERSION}`,
        binding: 'HTTPS',
        serviceId: serviceIri(config),
        ...(participantId.startsWith('did:') ? { identifierType: participantId.split(':', 2).join(':') } : {}),
      },
    ],
  };
}
