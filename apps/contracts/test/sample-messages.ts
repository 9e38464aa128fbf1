/** One message of each kind as the schemas of Dataspace Protocol 2025-1 accept it. */
export const samples: readonly Readonly<Record<string, unknown>>[] = [
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
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractRequestMessage',
    '@id': 'urn:uuid:0f0a4a6e-5d1c-4c7d-9c2b-9a1c27e00010',
    consumerPid: 'urn:uuid:f0b7a9f4-22a8-4b1a-9a43-0d3a6b9e7702',
    callbackAddress: 'https://bruma.example/dsp/2025-1',
    offer: {
      '@id': 'urn:offer:hourly-traffic:7',
      '@type': 'Offer',
      target: 'urn:ds:hourly-traffic',
      assigner: 'did:web:alba.example',
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
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractNegotiation',
    providerPid: 'urn:uuid:8c8e0c0c-6f6c-4d0a-8f44-1b2f6c8f0a01',
    consumerPid: 'urn:uuid:f0b7a9f4-22a8-4b1a-9a43-0d3a6b9e7702',
    state: 'REQUESTED',
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractRequestMessage',
    providerPid: 'urn:uuid:8c8e0c0c-6f6c-4d0a-8f44-1b2f6c8f0a01',
    consumerPid: 'urn:uuid:f0b7a9f4-22a8-4b1a-9a43-0d3a6b9e7702',
    offer: {
      '@id': 'urn:offer:hourly-traffic:7',
      '@type': 'Offer',
      target: 'urn:ds:hourly-traffic',
      permission: [
        {
          action: 'use',
          constraint: [
            {
              or: [
                {
                  leftOperand: 'odrl:purpose',
                  operator: 'eq',
                  rightOperand: 'urn:purpose:research',
                },
                {
                  leftOperand: 'odrl:purpose',
                  operator: 'eq',
                  rightOperand: 'urn:purpose:teaching',
                },
              ],
            },
            {
              leftOperand: 'odrl:count',
              operator: 'lteq',
              rightOperand: '1000',
            },
          ],
        },
      ],
    },
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractOfferMessage',
    providerPid: 'urn:uuid:8c8e0c0c-6f6c-4d0a-8f44-1b2f6c8f0a01',
    consumerPid: 'urn:uuid:f0b7a9f4-22a8-4b1a-9a43-0d3a6b9e7702',
    offer: {
      '@id': 'urn:offer:hourly-traffic:8',
      '@type': 'Offer',
      target: 'urn:ds:hourly-traffic',
      permission: [
        {
          action: 'use',
        },
      ],
    },
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractOfferMessage',
    providerPid: 'urn:uuid:8c8e0c0c-6f6c-4d0a-8f44-1b2f6c8f0a77',
    callbackAddress: 'https://alba.example/dsp/2025-1',
    offer: {
      '@id': 'urn:offer:hourly-traffic:8',
      '@type': 'Offer',
      target: 'urn:ds:hourly-traffic',
      permission: [
        {
          action: 'use',
        },
      ],
      prohibition: [
        {
          action: 'odrl:distribute',
        },
      ],
    },
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractNegotiationEventMessage',
    providerPid: 'urn:uuid:8c8e0c0c-6f6c-4d0a-8f44-1b2f6c8f0a01',
    consumerPid: 'urn:uuid:f0b7a9f4-22a8-4b1a-9a43-0d3a6b9e7702',
    eventType: 'ACCEPTED',
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractAgreementMessage',
    '@id': 'urn:uuid:0f0a4a6e-5d1c-4c7d-9c2b-9a1c27e00014',
    providerPid: 'urn:uuid:8c8e0c0c-6f6c-4d0a-8f44-1b2f6c8f0a01',
    consumerPid: 'urn:uuid:f0b7a9f4-22a8-4b1a-9a43-0d3a6b9e7702',
    agreement: {
      '@id': 'urn:uuid:9a0e5dc4-4b9f-4d0f-8d7e-2b7b1a550099',
      '@type': 'Agreement',
      target: 'urn:ds:hourly-traffic',
      assigner: 'did:web:alba.example',
      assignee: 'did:web:bruma.example',
      timestamp: '2026-11-22T10:15:30.123Z',
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
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractAgreementVerificationMessage',
    providerPid: 'urn:uuid:8c8e0c0c-6f6c-4d0a-8f44-1b2f6c8f0a01',
    consumerPid: 'urn:uuid:f0b7a9f4-22a8-4b1a-9a43-0d3a6b9e7702',
  },
  {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@type': 'ContractNegotiationTerminationMessage',
    providerPid: 'urn:uuid:8c8e0c0c-6f6c-4d0a-8f44-1b2f6c8f0a01',
    consumerPid: 'urn:uuid:f0b7a9f4-22a8-4b1a-9a43-0d3a6b9e7702',
    code: 'POLICY_REJECTED',
    reason: ["The purpose 'resale' is not part of this offer."],
  },
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
