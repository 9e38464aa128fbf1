import { describe, expect, it } from '@jest/globals';
import { routeFor } from '../routing/route-table.js';
import { AccessTable, accessTable, admits, readRows } from './access-table.js';

const table = new AccessTable(
  readRows(`
    GET    /v1/things                everyone         market
    GET    /v1/things/drafts         merchant         own
    GET    /v1/things/:id            merchant,system  own
    POST   /v1/things/:id/close      operator         exchange
    *      /v1/files/:id/*           everyone         own
  `),
);

describe('The access table', () => {
  it.each([
    ['GET', '/v1/things', 'market'],
    ['HEAD', '/v1/things', 'market'],
    ['GET', '/v1/things/drafts', 'own'],
    ['GET', '/v1/things/thg_1', 'own'],
    ['POST', '/v1/things/thg_1/close', 'exchange'],
    // A name that begins like a known one is still a name.
    ['POST', '/v1/things/drafts/close', 'exchange'],
    ['DELETE', '/v1/files/agr_1/a/b', 'own'],
  ])('finds the row of %s %s', (method, path, whose) => {
    expect(table.rowFor(method, path)?.whose).toBe(whose);
  });

  it.each([
    ['DELETE', '/v1/things'],
    ['GET', '/v1/things/'],
    ['GET', '/v1/things/thg_1/close'],
    ['GET', '/v1'],
    ['GET', '/v1/files/agr_1'],
  ])('has none for %s %s', (method, path) => {
    expect(table.rowFor(method, path)).toBeUndefined();
  });

  it.each([
    ['GET /v1/x everyone', 'No row'],
    ['get /v1/x everyone own', 'No row'],
    ['GET v1/x everyone own', 'No row'],
    ['GET /v1/x everyone mine', 'No row'],
    ['GET /v1/x king own', 'whom nobody knows'],
  ])('does not read %s', (line, reason) => {
    expect(() => readRows(line)).toThrow(reason);
  });

  it('holds no row twice', () => {
    expect(() => new AccessTable(readRows('GET /v1/x public anybody\nGET /v1/x everyone own'))).toThrow('twice');
  });

  it('admits whom a row names', () => {
    const row = table.rowFor('GET', '/v1/things/thg_1');
    if (row === undefined) throw new Error('There is such a row.');
    expect(admits(row, { personas: ['buyer', 'merchant'], via: 'api_key' })).toBe(true);
    expect(admits(row, { personas: ['operator'], via: 'session' })).toBe(false);
    expect(admits(row, { personas: [], via: 'system' })).toBe(true);
    expect(admits(row, { personas: ['system'], via: 'session' })).toBe(false);
  });
});

describe('The rows of the exchange', () => {
  it('all lead somewhere from outside', () => {
    const nowhere = accessTable.rows.filter(({ path }) => routeFor(path) === undefined);
    expect(nowhere.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('keep what is everybody’s for the exchange’s own people', () => {
    const wrong = accessTable.rows.filter(
      ({ who, whose }) =>
        whose === 'exchange' && (typeof who === 'string' || who.some((name) => /merchant|buyer/.test(name))),
    );
    expect(wrong).toEqual([]);
  });
});
