import { expect, it } from '@jest/globals';
import { requestStatuses } from '../../kit/request-statuses.js';
import { buyersMoves, likelyPlace } from './request.rules.js';

it('a buyer takes what the merchant offered, takes back what is open, and touches nothing that is decided', () => {
  expect(buyersMoves({ status: 'requested', offered_by: 'merchant' })).toEqual({ accept: true, withdraw: true });
  expect(buyersMoves({ status: 'requested', offered_by: 'buyer' })).toEqual({ accept: false, withdraw: true });
  for (const status of requestStatuses.filter((one) => one !== 'requested')) {
    expect(buyersMoves({ status, offered_by: 'merchant' })).toEqual({ accept: false, withdraw: false });
  }
});

it('use at home is proposed where the offer allows it, the first place of the offer where not', () => {
  expect(likelyPlace(['CN', 'HK'], 'HK')).toBe('HK');
  expect(likelyPlace(['CN', 'MO'], 'HK')).toBe('CN');
  expect(likelyPlace([], 'HK')).toBeUndefined();
});
