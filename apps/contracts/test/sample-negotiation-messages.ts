/** What the negotiation protocol says. */
export const negotiationSamples: readonly Readonly<Record<string, unknown>>[] = [
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
];
