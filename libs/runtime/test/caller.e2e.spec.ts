import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { z } from 'zod';
import { createEmbeddedTransport } from '@hetao/messaging';
import { callerToken, emptyDatabase, testCallerKeys, type TestCaller } from '@hetao/testing';
import {
  CALLER_HEADER,
  defineService,
  generateCallerKeys,
  Public,
  rawRoute,
  routesOf,
  signCaller,
  startService,
  verifyCaller,
  type CallerIdentity,
  type ServiceRoute,
} from '../src/index.js';
import { startNotes, type RunningNotes } from './notes-client.js';

let notes: RunningNotes;
beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.stop());

const identity: CallerIdentity = {
  subject: 'usr_1',
  organisationId: 'org_1',
  personas: ['merchant', 'auditor'],
  scopes: ['usage:write'],
  via: 'api_key',
  displayName: '嶺南中藥',
};

describe('The signed identity', () => {
  it('arrives as it was sent', async () => {
    const { privateKey, publicKeys } = await generateCallerKeys();
    await expect(verifyCaller(await signCaller(identity, privateKey), publicKeys)).resolves.toEqual(identity);
  });

  it('is what the gateway of the specs writes, too', async () => {
    const { publicKeys } = await testCallerKeys();
    const token = await callerToken({ personas: ['buyer'], organisationId: 'org_2' });
    await expect(verifyCaller(token, publicKeys)).resolves.toMatchObject({
      personas: ['buyer'],
      organisationId: 'org_2',
    });
  });

  it('can be checked against two keys while they are rotated', async () => {
    const [old, fresh] = [await generateCallerKeys(), await generateCallerKeys()];
    const both = { keys: [...old.publicKeys.keys, ...fresh.publicKeys.keys] };
    for (const { privateKey } of [old, fresh]) {
      await expect(verifyCaller(await signCaller(identity, privateKey), both)).resolves.toEqual(identity);
    }
  });
});

describe('The guard', () => {
  const claims = { org: 'org_1', name: 'M', personas: ['merchant'], scopes: [], via: 'session' };

  async function forged(change: (jwt: SignJWT) => SignJWT, body: object = claims): Promise<string> {
    const { privateKey } = await testCallerKeys();
    const jwt = new SignJWT({ ...body })
      .setProtectedHeader({ alg: 'EdDSA', kid: String(privateKey.kid) })
      .setSubject('usr_1')
      .setIssuer('hetao-gateway')
      .setAudience('hetao-services')
      .setIssuedAt()
      .setExpirationTime('60s');
    return change(jwt).sign(await importJWK(privateKey, 'EdDSA'));
  }

  const seconds = (offset: number): number => Math.floor(Date.now() / 1000) + offset;

  it.each<[string, () => Promise<string>]>([
    ['text that is no token', async () => 'hello'],
    ['a token without signature', async () => new UnsecuredJWT(claims).setSubject('usr_1').encode()],
    ['a token signed with another key', async () => signCaller(identity, (await generateCallerKeys()).privateKey)],
    ['a token for another audience', () => forged((jwt) => jwt.setAudience('somebody-else'))],
    ['a token of another issuer', () => forged((jwt) => jwt.setIssuer('somebody-else'))],
    ['an expired token', () => forged((jwt) => jwt.setIssuedAt(seconds(-120)).setExpirationTime(seconds(-60)))],
    ['a token that is valid for ever', () => forged((jwt) => jwt.setIssuedAt(seconds(-3600)).setExpirationTime('10y'))],
    ['a token of tomorrow', () => forged((jwt) => jwt.setIssuedAt(seconds(3600)).setExpirationTime(seconds(3660)))],
    ['a persona that does not exist', () => forged((jwt) => jwt, { ...claims, personas: ['root'] })],
    ['a token without a subject', () => forged((jwt) => jwt.setSubject(''))],
    ['an endless token', async () => 'a'.repeat(9_000)],
  ])('turns %s away', async (_what, token) => {
    const answer = await notes.send('GET', '/v1/notes', { token: await token() });
    expect([answer.status, answer.body.code]).toEqual([401, 'CALLER_NOT_VERIFIED']);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('refuses a key of another algorithm even when its id matches', async () => {
    const { privateKey: trusted } = await testCallerKeys();
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: String(trusted.kid) })
      .setSubject('usr_1')
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(await importJWK({ ...(await exportJWK(privateKey)), alg: 'ES256' }, 'ES256'));
    expect((await notes.send('GET', '/v1/notes', { token })).status).toBe(401);
  });

  it('asks for a caller, and for the right one', async () => {
    const nobody = await notes.send('GET', '/v1/notes');
    expect([nobody.status, nobody.body.code]).toEqual([401, 'CALLER_MISSING']);
    const buyer = await notes.send('POST', '/v1/notes', { as: { personas: ['buyer'] }, json: { text: 'a' } });
    expect([buyer.status, buyer.body.code, buyer.body.meta]).toEqual([
      403,
      'PERSONA_NOT_ALLOWED',
      { allowed: ['merchant'] },
    ]);
  });

  const importAs = (caller: TestCaller) =>
    notes.send('POST', '/v1/notes/import', {
      as: caller,
      text: '<a/>',
      headers: { 'content-type': 'application/xml' },
    });

  it.each([
    ['a session', { personas: ['operator'] }, 200],
    ['a key without the scope', { personas: ['operator'], via: 'api_key', scopes: ['notes:write'] }, 403],
    ['a key with the scope', { personas: ['operator'], via: 'api_key', scopes: ['notes:import'] }, 200],
    ['a key with all scopes', { personas: ['operator'], via: 'api_key', scopes: ['*'] }, 200],
    ['one of our processes', { personas: [], via: 'system' }, 200],
    ['somebody who only says so', { personas: ['buyer'], via: 'session' }, 403],
  ] satisfies [string, TestCaller, number][])('lets scopes decide for keys alone: %s', async (_who, caller, status) => {
    expect((await importAs(caller)).status).toBe(status);
  });

  it('asks keys for read or write of the service where a route names no scope', async () => {
    const list = (scopes: string[]) =>
      notes.send('GET', '/v1/notes', { as: { personas: ['buyer'], via: 'api_key', scopes } });
    expect((await list(['usage:write'])).body.code).toBe('SCOPE_MISSING');
    expect((await list(['notes:read'])).status).toBe(200);
  });
});

describe('Every route', () => {
  it('is listed with who may use it', () => {
    const listed = routesOf(notes.service.app).map((route) => `${route.method} ${route.path} ${describePolicy(route)}`);
    expect(listed.sort()).toEqual([
      'GET /livez public',
      'GET /metrics public',
      'GET /openapi.json public',
      'GET /readyz public',
      'GET /standing operator,auditor (identity:read,identity:write)',
      'GET /v1/dead-letters operator,auditor (identity:read,identity:write)',
      'GET /v1/dead-letters/:id operator,auditor (identity:read,identity:write)',
      'GET /v1/notes merchant,buyer,operator,auditor,system',
      'GET /v1/notes/:id merchant,buyer,operator,auditor,system',
      'GET /v1/notes/broken/process public',
      'GET /v1/notes/broken/secret public',
      'GET /v1/notes/open/greeting public',
      'POST /v1/dead-letters/:id/discard operator (identity:write)',
      'POST /v1/dead-letters/:id/replay operator (identity:write)',
      'POST /v1/notes merchant',
      'POST /v1/notes/:id/seal merchant',
      'POST /v1/notes/import operator,system (notes:import)',
      'PUT /v1/notes/:id merchant',
    ]);
  });

  it('answers a caller it does not name with 401 or 403, whatever else is wrong with the request', async () => {
    const guarded = routesOf(notes.service.app).filter((route) => route.policy?.access === 'callers');
    expect(guarded.length).toBeGreaterThan(3);
    for (const { method, path } of guarded) {
      const url = path.replace(':id', 'x');
      const text = method === 'GET' ? {} : { text: '{', headers: { 'content-type': 'application/xml' } };
      expect([method, url, (await notes.send(method, url, text)).status]).toEqual([method, url, 401]);
      const stranger = { personas: [], via: 'session' } as const;
      expect([method, url, (await notes.send(method, url, { as: stranger, ...text })).status]).toEqual([
        method,
        url,
        403,
      ]);
    }
  });
});

describe('Start-up', () => {
  @Controller('v1/things')
  class ThingController {
    @Get() listThings(): string[] {
      return [];
    }
    @Post() addThing(): void {
      // Declared by nobody, like listThings.
    }
    @Get('open') @Public() openThing(): string {
      return 'open';
    }
  }
  @Controller('v1/others')
  class OtherController {
    @Get() @Public() openThing(): string {
      return 'also open';
    }
  }

  async function startWith(
    controllers: (new () => object)[],
    configureHttp?: Parameters<typeof defineService>[0]['configureHttp'],
  ) {
    @Module({ controllers })
    class ThingsModule {}
    const database = await emptyDatabase();
    const transport = createEmbeddedTransport({});
    const { publicKeys } = await testCallerKeys();
    const definition = defineService({
      name: 'things',
      module: ThingsModule,
      config: z.object({}),
      entities: [],
      migrations: [],
      ...(configureHttp === undefined ? {} : { configureHttp }),
    });
    try {
      const service = await startService(definition, { databaseUrl: database.url, transport, callerKeys: publicKeys });
      const routes = routesOf(service.app);
      await service.stop();
      return routes;
    } finally {
      await transport.close();
      await database.drop();
    }
  }

  it('fails with the list of routes that nobody opened, and of operations that share a name', async () => {
    const failure = startWith([ThingController, OtherController]);
    await expect(failure).rejects.toThrow(/GET \/v1\/things \(ThingController\.listThings\) has neither @Allow/);
    await expect(failure).rejects.toThrow(/POST \/v1\/things \(ThingController\.addThing\) has neither/);
    await expect(failure).rejects.toThrow(/GET \/v1\/others \(OtherController\.openThing\) shares the method name/);
  });

  it('fails for a raw route without a policy, and takes one that declares it', async () => {
    await expect(
      startWith([OtherController], (fastify) => void fastify.get('/raw', (_request, reply) => reply.send('raw'))),
    ).rejects.toThrow(/GET \/raw \(raw\) has neither/);
    const routes = await startWith(
      [OtherController],
      (fastify) => void fastify.get('/raw', { config: rawRoute.public }, (_request, reply) => reply.send('raw')),
    );
    expect(routes.find((route) => route.path === '/raw')?.policy).toEqual({ access: 'public' });
  });
});

function describePolicy({ policy }: ServiceRoute): string {
  if (policy?.access !== 'callers') return policy?.access ?? 'none';
  return `${policy.allow.join(',')}${policy.scopes.length > 0 ? ` (${policy.scopes.join(',')})` : ''}`;
}

it('keeps the name of the header in one place', () => expect(CALLER_HEADER).toBe('x-hetao-caller'));
