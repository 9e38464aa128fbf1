/** What the transfer protocol says. */
export const transferSamples: readonly Readonly<Record<string, unknown>>[] = [
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'TransferRequestMessage',
    '@id': 'urn:uuid:0f0a4a6e-5d1c-4c7d-9c2b-9a1c27e00020',
    consumerPid: 'urn:uuid:e5b4b0d2-9f0f-4f6a-8a0f-0c9c3b1d0004',
    agreementId: 'urn:uuid:9a0e5dc4-4b9f-4d0f-8d7e-2b7b1a550099',
    format: 'HttpData-PULL',
    callbackAddress: 'https://bruma.example/dsp/2025-1',
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'TransferRequestMessage',
    consumerPid: 'urn:uuid:e5b4b0d2-9f0f-4f6a-8a0f-0c9c3b1d0005',
    agreementId: 'urn:uuid:9a0e5dc4-4b9f-4d0f-8d7e-2b7b1a550099',
    format: 'HttpData-PUSH',
    callbackAddress: 'https://bruma.example/dsp/2025-1',
    dataAddress: {
      '@type': 'DataAddress',
      endpointType: 'https://w3id.org/idsa/v4.1/HTTP',
      endpoint: 'https://bruma.example/inbox/42',
      endpointProperties: [
        {
          '@type': 'EndpointProperty',
          name: 'authType',
          value: 'bearer',
        },
        {
          '@type': 'EndpointProperty',
          name: 'authorization',
          value: 'one-time-token',
        },
      ],
    },
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'TransferProcess',
    providerPid: 'urn:uuid:4d2a2c39-6f57-4bd5-9b8b-5d5b2f6a0003',
    consumerPid: 'urn:uuid:e5b4b0d2-9f0f-4f6a-8a0f-0c9c3b1d0004',
    state: 'REQUESTED',
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'TransferStartMessage',
    providerPid: 'urn:uuid:4d2a2c39-6f57-4bd5-9b8b-5d5b2f6a0003',
    consumerPid: 'urn:uuid:e5b4b0d2-9f0f-4f6a-8a0f-0c9c3b1d0004',
    dataAddress: {
      '@type': 'DataAddress',
      endpointType: 'https://w3id.org/idsa/v4.1/HTTP',
      endpoint: 'https://alba.example/data/hourly-traffic',
      endpointProperties: [
        {
          '@type': 'EndpointProperty',
          name: 'authType',
          value: 'bearer',
        },
        {
          '@type': 'EndpointProperty',
          name: 'authorization',
          value: 'short-lived-token',
        },
      ],
    },
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'TransferSuspensionMessage',
    providerPid: 'urn:uuid:4d2a2c39-6f57-4bd5-9b8b-5d5b2f6a0003',
    consumerPid: 'urn:uuid:e5b4b0d2-9f0f-4f6a-8a0f-0c9c3b1d0004',
    code: 'QUOTA',
    reason: ['The hourly quota is used up.'],
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'TransferCompletionMessage',
    providerPid: 'urn:uuid:4d2a2c39-6f57-4bd5-9b8b-5d5b2f6a0003',
    consumerPid: 'urn:uuid:e5b4b0d2-9f0f-4f6a-8a0f-0c9c3b1d0004',
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'TransferTerminationMessage',
    providerPid: 'urn:uuid:4d2a2c39-6f57-4bd5-9b8b-5d5b2f6a0003',
    consumerPid: 'urn:uuid:e5b4b0d2-9f0f-4f6a-8a0f-0c9c3b1d0004',
    code: 'CONTRACT_EXPIRED',
    reason: ['The agreed period ended.'],
  },
];
