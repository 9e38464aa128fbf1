import { newUuid } from '@hetao/kernel';
import type { Protocol, Scene } from './conformance-scene.js';
import { agreementOf, datasetOf, KIT, OURS } from './conformance-scenes.js';

/** What messages are called in scenes, and how they travel. */
export const MESSAGES: Readonly<Record<Protocol, Readonly<Record<string, readonly [string, string]>>>> = {
  negotiations: {
    request: ['ContractRequestMessage', 'request'],
    offer: ['ContractOfferMessage', 'offers'],
    accepted: ['ContractNegotiationEventMessage', 'events'],
    agreement: ['ContractAgreementMessage', 'agreement'],
    verification: ['ContractAgreementVerificationMessage', 'agreement/verification'],
    finalized: ['ContractNegotiationEventMessage', 'events'],
    termination: ['ContractNegotiationTerminationMessage', 'termination'],
  },
  transfers: {
    start: ['TransferStartMessage', 'start'],
    suspension: ['TransferSuspensionMessage', 'suspension'],
    completion: ['TransferCompletionMessage', 'completion'],
    termination: ['TransferTerminationMessage', 'termination'],
  },
};

/** What a message is about, as the public kit fills it. */
export function matterOf(scene: Scene, what: string): object {
  if (scene.protocol === 'transfers') {
    return what === 'request' ? { agreementId: agreementOf(scene), format: 'HttpData-PULL' } : {};
  }
  const isOurs = scene.role === 'provider';
  const target = datasetOf(scene);
  const rules = { target, permission: [{ action: 'use' }] };
  const parties = { assigner: isOurs ? OURS : KIT, assignee: isOurs ? KIT : OURS };
  switch (what) {
    case 'request':
    case 'offer': {
      const id = isOurs ? `CD123:${target}:456` : `any:${scene.id}`;
      return { offer: { '@id': id, '@type': 'Offer', ...rules, ...parties } };
    }
    case 'agreement':
      return {
        agreement: {
          '@id': `urn:uuid:${newUuid()}`,
          '@type': 'Agreement',
          ...rules,
          ...parties,
          timestamp: new Date().toISOString(),
        },
      };
    case 'accepted':
    case 'finalized':
      return { eventType: what.toUpperCase() };
    case 'termination':
      return { code: '1', reason: [{}] };
    default:
      return {};
  }
}
