import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { pino } from 'pino';
import { answerFailure } from './problem.filter.js';

describe('a hook that fails outside of Nest', () => {
  const failingWith = async (thrown: Error) => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => lines.push(line) });
    const app = fastify();
    app.addHook('onRequest', async (request, reply) => {
      try {
        await Promise.reject(thrown);
      } catch (error) {
        await answerFailure(error, { request, reply, logger });
      }
    });
    app.get('/v1/offers', () => 'never');
    const answer = await app.inject('/v1/offers?secret=1');
    await app.close();
    return { answer, problem: answer.json<Record<string, unknown>>(), lines };
  };

  it('says that the database is away, and when to come again', async () => {
    const crashed = Object.assign(new Error('terminating connection'), { code: '57P01' });
    const { answer, problem, lines } = await failingWith(crashed);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(problem).toMatchObject({ instance: '/v1/offers', code: expect.stringMatching(/DATABASE/) });
    expect(lines.join()).toContain('met something unavailable');
  });

  it('keeps what was thrown by a fault of ours from the client, and tells the log', async () => {
    const { answer, lines } = await failingWith(new Error('the password is pear'));
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('pear');
    expect(lines.join()).toContain('pear');
  });
});
