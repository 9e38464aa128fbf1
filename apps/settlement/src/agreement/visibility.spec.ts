import { describe, expect, it } from '@jest/globals';
import { sightOf } from './visibility.js';

const reader = (personas: readonly string[], via = 'session') => ({ organisationId: 'org_1', personas, via });

describe('what a reader may see', () => {
  it.each([
    [['operator'], 'session', { all: true, merchantId: null, buyerId: null }],
    [['auditor'], 'session', { all: true, merchantId: null, buyerId: null }],
    [[], 'system', { all: true, merchantId: null, buyerId: null }],
    [['merchant'], 'session', { all: false, merchantId: 'org_1', buyerId: null }],
    [['buyer'], 'api_key', { all: false, merchantId: null, buyerId: 'org_1' }],
    [['merchant', 'buyer'], 'session', { all: false, merchantId: 'org_1', buyerId: 'org_1' }],
    [[], 'session', { all: false, merchantId: null, buyerId: null }],
  ])('%j by %s', (personas, via, sight) => {
    expect(sightOf(reader(personas, via))).toEqual(sight);
  });
});
