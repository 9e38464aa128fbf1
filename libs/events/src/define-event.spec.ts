import { describe, expect, it } from '@jest/globals';
import { DomainException } from '@hetao/kernel';
import { z } from 'zod';
import { defineEvent, defineTopic } from './define-event.js';

const topic = defineTopic({ name: 'hetao.spec.lamp', partitions: 3 });
const LampLitV1 = defineEvent({
  type: 'hetao.spec.lamp-lit.v1',
  topic,
  key: (data) => data.lampId,
  schema: z.object({
    lampId: z.string().min(1),
    'a/b': z.object({ '~': z.int() }).optional(),
    hours: z.array(z.int()),
  }),
});

function problemOf(json: unknown): DomainException['problem'] {
  try {
    LampLitV1.parse(json);
  } catch (error) {
    if (error instanceof DomainException) return error.problem;
  }
  throw new Error('No DomainException was thrown.');
}

describe('defineEvent', () => {
  it('parses, keys and leaves out what the version does not know', () => {
    const data = LampLitV1.parse({ lampId: 'l1', hours: [1], addedLater: true });
    expect(data).toEqual({ lampId: 'l1', hours: [1] });
    expect(LampLitV1.key(data)).toBe('l1');
  });

  it('says which event, where and what is wrong', () => {
    const problem = problemOf({ lampId: 'l1', 'a/b': { '~': 'x' }, hours: [1] });
    expect(problem).toMatchObject({
      code: 'EVENT_INVALID',
      kind: 'invalid',
      pointer: '/a~1b/~0',
      meta: { type: 'hetao.spec.lamp-lit.v1' },
    });
    expect(problem.detail).toContain('hetao.spec.lamp-lit.v1: /a~1b/~0: ');
  });

  it('lists several faults, and no more than ten', () => {
    expect(problemOf({}).items?.map(({ pointer }) => pointer)).toEqual(['/lampId', '/hours']);
    expect(problemOf({ lampId: 'l1', hours: Array<string>(50).fill('x') }).items).toHaveLength(10);
  });

  it.each([null, 'text', [], 7])('refuses %j as a whole', (json) => {
    expect(problemOf(json)).toMatchObject({ code: 'EVENT_INVALID', pointer: '' });
  });

  it.each(['hetao.spec.lamp', 'lamp-lit.v1', 'hetao.spec.LampLit.v1', 'hetao.spec.lamp-lit.v0', 'hetao.spec.lamp-.v1'])(
    'refuses the type %s at module load',
    (type) => {
      expect(() => defineEvent({ ...LampLitV1, type })).toThrow(RangeError);
    },
  );

  it.each([
    { name: 'hetao.spec.Lamp', partitions: 1 },
    { name: 'spec.lamp', partitions: 1 },
    { name: 'hetao.spec.lamp', partitions: 0 },
    { name: 'hetao.spec.lamp', partitions: 1.5 },
    { name: 'hetao.spec.lamp', partitions: 257 },
  ])('refuses the topic %j at module load', (bad) => {
    expect(() => defineTopic(bad)).toThrow(RangeError);
  });
});
