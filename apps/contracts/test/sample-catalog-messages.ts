/** Errors, and what the catalog protocol says. */
export const catalogSamples: readonly Readonly<Record<string, unknown>>[] = [
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractNegotiationError',
    providerPid: 'urn:uuid:8c8e0c0c-6f6c-4d0a-8f44-1b2f6c8f0a01',
    consumerPid: 'urn:uuid:f0b7a9f4-22a8-4b1a-9a43-0d3a6b9e7702',
    code: 'INVALID_STATE',
    reason: ['A verification message is not possible while the negotiation is OFFERED.'],
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'TransferError',
    providerPid: 'urn:uuid:4d2a2c39-6f57-4bd5-9b8b-5d5b2f6a0003',
    consumerPid: 'urn:uuid:e5b4b0d2-9f0f-4f6a-8a0f-0c9c3b1d0004',
    code: 'INVALID_STATE',
    reason: ['The transfer is SUSPENDED and cannot be completed.'],
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'CatalogError',
    code: 'UNKNOWN_DATASET',
    reason: ['No dataset with this id is visible to you.'],
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'CatalogRequestMessage',
    filter: [],
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@id': 'urn:uuid:3c5f8d3e-2f0f-4a55-b3a3-53a4c1d20001',
    '@type': 'Catalog',
    participantId: 'did:web:alba.example',
    service: [
      {
        '@id': 'urn:uuid:6d1f1d0e-3c0c-4c59-9f0b-1b8f5a0d7c11',
        '@type': 'DataService',
        endpointURL: 'https://alba.example/dsp/2025-1',
      },
    ],
    dataset: [
      {
        '@id': 'urn:ds:hourly-traffic',
        '@type': 'Dataset',
        'dct:title': 'Hourly traffic counts',
        'dct:description': 'Vehicle counts for 40 crossings, one row per hour',
        'dcat:keyword': ['traffic', 'city'],
        hasPolicy: [
          {
            '@id': 'urn:offer:hourly-traffic:7',
            '@type': 'Offer',
            permission: [
              {
                action: 'use',
                constraint: [
                  {
                    leftOperand: 'odrl:purpose',
                    operator: 'eq',
                    rightOperand: 'urn:purpose:research',
                  },
                  {
                    leftOperand: 'odrl:dateTime',
                    operator: 'lteq',
                    rightOperand: '2027-06-30T23:59:59Z',
                  },
                ],
              },
            ],
          },
        ],
        distribution: [
          {
            '@type': 'Distribution',
            format: 'HttpData-PULL',
            accessService: {
              '@id': 'urn:uuid:6d1f1d0e-3c0c-4c59-9f0b-1b8f5a0d7c11',
              '@type': 'DataService',
              endpointURL: 'https://alba.example/dsp/2025-1',
            },
          },
        ],
      },
    ],
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@id': 'urn:ds:hourly-traffic',
    '@type': 'Dataset',
    hasPolicy: [
      {
        '@id': 'urn:offer:hourly-traffic:7',
        '@type': 'Offer',
        permission: [
          {
            action: 'use',
          },
        ],
      },
    ],
    distribution: [
      {
        '@type': 'Distribution',
        format: 'HttpData-PULL',
        accessService: {
          '@id': 'urn:uuid:6d1f1d0e-3c0c-4c59-9f0b-1b8f5a0d7c11',
          '@type': 'DataService',
          endpointURL: 'https://alba.example/dsp/2025-1',
        },
      },
    ],
  },
];
