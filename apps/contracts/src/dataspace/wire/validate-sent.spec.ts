import { describe, expect, it } from '@jest/globals';
import { samples } from '../../../test/sample-messages.js';
import type { WireMessage } from './context.js';
import { sentSchemas } from './schemas.js';
import { validateSent } from './validate-sent.js';

const validate = (message: object) => () => validateSent(message as WireMessage);
const isRequired = (message: object, name: string) =>
  !validateSafely(Object.fromEntries(Object.entries(message).filter(([key]) => key !== name)));
const validateSafely = (message: object): boolean => {
  try {
    validateSent(message as WireMessage);
    return true;
  } catch {
    return false;
  }
};
const sample = (type: string) => samples.find((message) => message['@type'] === type) ?? {};

describe('what we send', () => {
  it.each(samples.map((message) => [String(message['@type']), message] as const))(
    '%s is accepted as the schema has it',
    (_type, message) => {
      expect(validate(message)).not.toThrow();
      expect(validate({ ...message, 'x:unknown': 1 })).not.toThrow();
    },
  );

  it('has a sample for every message but the one process object that is only answered', () => {
    const types = new Set(samples.map((message) => message['@type']));
    expect(Object.keys(sentSchemas).filter((type) => !types.has(type))).toEqual([]);
  });

  it.each(samples.map((message) => [String(message['@type']), message] as const))(
    '%s is refused without its context',
    (_type, message) => {
      expect(isRequired(message, '@context')).toBe(true);
      expect(validate({ ...message, '@context': 'https://w3id.org/dspace/2025/1/context.jsonld' })).toThrow(/@context/);
      expect(validate({ ...message, '@context': [] })).toThrow(/@context/);
      expect(validate({ ...message, '@type': 'dspace:Anything' })).toThrow(/no message/);
    },
  );

  it.each([
    ['ContractRequestMessage', ['consumerPid', 'offer', 'callbackAddress']],
    ['ContractOfferMessage', ['providerPid', 'offer']],
    ['ContractAgreementMessage', ['providerPid', 'consumerPid', 'agreement']],
    ['ContractNegotiationEventMessage', ['providerPid', 'consumerPid', 'eventType']],
    ['ContractNegotiation', ['providerPid', 'consumerPid', 'state']],
    ['TransferRequestMessage', ['consumerPid', 'agreementId', 'format', 'callbackAddress']],
    ['TransferStartMessage', ['providerPid', 'consumerPid']],
    ['TransferProcess', ['providerPid', 'consumerPid', 'state']],
    ['TransferError', ['providerPid', 'consumerPid']],
    ['Catalog', ['@id', 'participantId']],
    ['Dataset', ['@id', 'hasPolicy', 'distribution']],
  ])('%s needs %j', (type, names) => {
    for (const name of names) expect([name, isRequired(sample(type), name)]).toEqual([name, true]);
  });

  it('keeps the rules that JSON-LD tools break', () => {
    const request = sample('ContractRequestMessage');
    const offer = { '@id': 'o', '@type': 'Offer', target: 'd', permission: [{ action: 'use' }] };
    const withOffer = (change: object) => validate({ ...request, offer: { ...offer, ...change } });
    const constraint = (item: object) => withOffer({ permission: [{ action: 'use', constraint: [item] }] });
    const test = { leftOperand: 'odrl:count', operator: 'lteq', rightOperand: '5' };
    expect(withOffer({})).not.toThrow();
    expect(withOffer({ permission: [] })).toThrow();
    expect(withOffer({ permission: { action: 'use' } })).toThrow();
    expect(withOffer({ permission: undefined })).toThrow(/permission/);
    expect(withOffer({ permission: [{ action: 'use', target: 'd' }] })).toThrow();
    expect(withOffer({ target: undefined })).toThrow();
    expect(constraint(test)).not.toThrow();
    expect(constraint({ or: [test, { and: [test] }] })).not.toThrow();
    expect(constraint({ ...test, rightOperand: 5 })).toThrow();
    expect(constraint({ ...test, operator: 'term-lteq' })).toThrow();
    expect(constraint({ or: [test], and: [test] })).toThrow();
    expect(validate({ ...request, providerPid: 'p' })).toThrow(/callbackAddress/);
    expect(validate({ ...sample('TransferError'), reason: [] })).toThrow();
    expect(validate({ ...sample('Catalog'), dataset: [] })).toThrow();
  });
});
