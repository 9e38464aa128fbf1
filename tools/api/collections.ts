import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  operationsOf,
  type ApiDocument,
  type ApiParameter,
  type JsonSchema,
  type PlacedOperation,
} from './operations.js';

const BASE_URL = 'http://localhost:8080';
const DEEPEST = 4;

/**
 * Writes the public API as collections for tools that people click requests together with: `postman.json` (format 2.1) and
 * a folder for Bruno. Address and key are variables; bodies hold every required member.
 *
 * @returns how many requests each of them has
 */
export async function writeCollections(document: ApiDocument, folder: string): Promise<number> {
  const operations = operationsOf(document);
  const files = new Map([['postman.json', `${JSON.stringify(postman(operations, document), null, 2)}\n`]]);
  files.set(
    'bruno/bruno.json',
    `${JSON.stringify({ version: '1', name: 'Hetao Exchange', type: 'collection' }, null, 2)}\n`,
  );
  files.set('bruno/environments/local.bru', `vars {\n  baseUrl: ${BASE_URL}\n}\nvars:secret [\n  apiKey\n]\n`);
  operations.forEach((placed, at) =>
    files.set(`bruno/${tagOf(placed)}/${placed.operation.operationId}.bru`, bruno(placed, document, at + 1)),
  );
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return operations.length;
}

function postman(operations: readonly PlacedOperation[], document: ApiDocument): object {
  const folders = [...new Set(operations.map(tagOf))].sort();
  return {
    info: { name: 'Hetao Exchange', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{apiKey}}', type: 'string' }] },
    variable: [
      { key: 'baseUrl', value: BASE_URL },
      { key: 'apiKey', value: '' },
    ],
    item: folders.map((tag) => ({
      name: tag,
      item: operations.filter((placed) => tagOf(placed) === tag).map((placed) => postmanRequest(placed, document)),
    })),
  };
}

function postmanRequest(placed: PlacedOperation, document: ApiDocument): object {
  const { method, path, operation } = placed;
  const query = inPlace(operation.parameters, 'query').map(({ name, required }) => ({
    key: name,
    value: '',
    disabled: required !== true,
  }));
  const body = bodyOf(placed, document);
  const headers = headersOf(placed, '{{$guid}}', body?.type).map(([key, value]) => ({ key, value }));
  return {
    name: nameOf(placed),
    request: {
      method: method.toUpperCase(),
      header: headers,
      url: {
        raw: `{{baseUrl}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
        host: ['{{baseUrl}}'],
        path: path
          .slice(1)
          .replaceAll(/\{(\w+)\}/g, ':$1')
          .split('/'),
        variable: inPlace(operation.parameters, 'path').map(({ name }) => ({ key: name, value: '' })),
        query,
      },
      ...(body === undefined ? {} : { body: { mode: 'raw', raw: body.text } }),
    },
  };
}

function bruno(placed: PlacedOperation, document: ApiDocument, seq: number): string {
  const { method, path, operation } = placed;
  const body = bodyOf(placed, document);
  const json = body?.type.includes('json') === true;
  const block = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${name} {`, ...lines.map((line) => `  ${line}`), '}', ''];
  const given = (place: string) =>
    inPlace(operation.parameters, place).map(
      ({ name, required }) => `${place === 'path' || required === true ? '' : '~'}${name}: `,
    );
  return [
    ...block('meta', [`name: ${nameOf(placed)}`, 'type: http', `seq: ${seq}`]),
    ...block(method, [
      `url: {{baseUrl}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      `body: ${body === undefined ? 'none' : json ? 'json' : 'text'}`,
      'auth: bearer',
    ]),
    ...block('params:query', given('query')),
    ...block('params:path', given('path')),
    ...block(
      'headers',
      headersOf(placed, '{{$guid}}', body?.type).map(([key, value]) => `${key}: ${value}`),
    ),
    ...block('auth:bearer', ['token: {{apiKey}}']),
    ...(body === undefined ? [] : block(json ? 'body:json' : 'body:text', body.text.split('\n'))),
  ].join('\n');
}

function tagOf({ operation }: PlacedOperation): string {
  return operation.tags?.[0] ?? 'other';
}

function nameOf({ operation }: PlacedOperation): string {
  return operation.summary ?? operation.operationId;
}

function inPlace(parameters: readonly ApiParameter[] | undefined, place: string): ApiParameter[] {
  return (parameters ?? []).filter((parameter) => parameter.in === place);
}

function headersOf({ operation }: PlacedOperation, key: string, type: string | undefined): [string, string][] {
  const asked = inPlace(operation.parameters, 'header').map(({ name }): [string, string] => [
    name,
    name === 'Idempotency-Key' ? key : '',
  ]);
  return type === undefined ? asked : [['Content-Type', type], ...asked];
}

function bodyOf({ operation }: PlacedOperation, document: ApiDocument): { type: string; text: string } | undefined {
  const [content] = Object.entries(operation.requestBody?.content ?? {});
  if (content === undefined) return undefined;
  const [type, { schema }] = content;
  const example = exampleOf(schema ?? {}, document, 0);
  return { type, text: type.includes('json') ? JSON.stringify(example, null, 2) : '' };
}

/** The smallest value of a schema: what has to be there, each member empty or the first of its choices. */
function exampleOf(schema: JsonSchema, document: ApiDocument, depth: number): unknown {
  if (schema.$ref !== undefined) {
    return exampleOf(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, document, depth);
  }
  if ('example' in schema) return schema['example'];
  if ('default' in schema) return schema['default'];
  if (schema.enum !== undefined) return schema.enum[0];
  if ('const' in schema) return schema.const;
  const [variant] = schema.anyOf ?? schema.oneOf ?? [];
  if (variant !== undefined) return exampleOf(variant, document, depth + 1);
  const type = typeof schema.type === 'object' ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties !== undefined) {
    if (depth > DEEPEST) return {};
    const names = schema.required ?? [];
    return Object.fromEntries(
      names.map((name) => [name, exampleOf(schema.properties?.[name] ?? {}, document, depth + 1)]),
    );
  }
  return { string: '', integer: 0, number: 0, boolean: false, array: [] as unknown[] }[type ?? ''] ?? null;
}
