import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { allEvents, allTopics, eventJsonSchema, sharedTypes } from './index.js';

const FIXTURES = new URL('../fixtures/', import.meta.url);
const SCHEMAS = new URL('../schemas/', import.meta.url);
const SOURCES = new URL('./', import.meta.url);

const types = allEvents.map(({ type }) => type).sort();
const jsonIn = (folder: URL): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
const read = (folder: URL, type: string): unknown => JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8'));

describe('every published version', () => {
  it('has a golden fixture, and every fixture a version', () => {
    expect(jsonIn(FIXTURES)).toEqual(types);
  });

  it('has a committed schema, and every schema a version: run `npm run docs:events` to write a new one', () => {
    expect(jsonIn(SCHEMAS)).toEqual(types);
  });

  it.each(allEvents)('$type parses its golden fixture for ever, losing nothing', (event) => {
    const fixture = read(FIXTURES, event.type);
    expect(event.parse(fixture)).toEqual(fixture);
    expect(event.key(event.parse(fixture))).toEqual(expect.stringMatching(/./));
  });

  it.each(allEvents)('$type still is what was published', (event) => {
    const now: unknown = JSON.parse(JSON.stringify(eventJsonSchema(event)));
    const verdict = isDeepStrictEqual(now, read(SCHEMAS, event.type))
      ? 'as published'
      : `The code differs from libs/events/schemas/${event.type}.json. Published versions never change: consumers ` +
        `and stored events hold to them. Take the change back and make a v2 beside it.\n${JSON.stringify(now)}`;
    expect(verdict).toBe('as published');
  });

  it.each(allEvents)('$type has a schema that other validators read the same way', (event) => {
    // Formats are for a plug-in of Ajv; the fields' own spec covers them.
    const validate = new Ajv2020({ strict: true, validateFormats: false }).compile(eventJsonSchema(event));
    const fixture = read(FIXTURES, event.type) as Record<string, unknown>;
    expect([validate(fixture), validate.errors]).toEqual([true, null]);
    expect(validate({ ...fixture, addedLater: true })).toBe(true);
    for (const field of Object.keys(fixture))
      expect([field, validate({ ...fixture, [field]: false })]).toEqual([field, false]);
  });

  it.each(allEvents)('$type takes nothing away from its fixture without noticing', (event) => {
    const fixture = read(FIXTURES, event.type) as Record<string, unknown>;
    const required = (eventJsonSchema(event)['required'] ?? []) as string[];
    expect(required.length).toBeGreaterThan(0);
    for (const field of required) {
      const without = Object.fromEntries(Object.entries(fixture).filter(([key]) => key !== field));
      expect(() => event.parse(without)).toThrow(`/${field}`);
    }
  });

  it('is listed once, has a sentence for the catalogue and lives in a file of its name', () => {
    expect(new Set(types).size).toBe(types.length);
    expect(allEvents.filter(({ summary }) => summary === '').map(({ type }) => type)).toEqual([]);
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /\.v\d+\.ts$/.test(path))
      .map((path) => `hetao.${path.replace('/', '.').replace(/\.ts$/, '')}`);
    expect(files.sort()).toEqual(types);
  });

  it('goes to a topic of its own service; topics have one definition each', () => {
    for (const { type, topic } of allEvents) expect(topic.name.split('.')[1]).toBe(type.split('.')[1]);
    expect(new Set(allTopics.map(({ name }) => name)).size).toBe(allTopics.length);
  });

  it('keeps envelope out of the payload', () => {
    const plumbing = ['eventId', 'id', 'type', 'source', 'subject', 'time', 'traceparent', 'tenantId', 'occurredAt'];
    for (const event of allEvents) {
      const fields = Object.keys(eventJsonSchema(event)['properties'] ?? {});
      expect([event.type, fields.filter((field) => plumbing.includes(field))]).toEqual([event.type, []]);
    }
  });
});

describe('shared types', () => {
  it('are all described', () => {
    const used = new Set(allEvents.flatMap((event) => Object.keys(eventJsonSchema(event)['$defs'] ?? {})));
    expect([...used].sort()).toEqual([...sharedTypes().keys()].sort());
  });
});
