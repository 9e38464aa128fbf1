import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { routesOf, type ServiceRoute } from '../caller/routes.js';
import { PROBLEM_MEDIA_TYPE } from './problem.js';

const problemSchema = z
  .object({
    type: z.string().describe('Address of the page about this code'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What went wrong this time'),
    instance: z.string(),
    code: z.string().describe('What to switch on; never translated'),
    fix: z.string().describe('How to mend it'),
    trace_id: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
    meta: z.looseObject({}).optional(),
  })
  .meta({ id: 'Problem' });

type JsonObject = Record<string, unknown>;
type Operations = NonNullable<OpenAPIObject['paths'][string]>;
type Operation = NonNullable<Operations['get']>;
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

/** The OpenAPI 3.1 document of a service: operations from the routes, schemas from zod, problems everywhere. */
export function openApiOf(app: INestApplication, service: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle(`Hetao Exchange: ${service}`)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key or an access token' }, 'bearer')
    .build();
  const schemas = new SchemaNames();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (_controller, method) => method,
    autoTagControllers: false,
    standardSchemaConverter: (schema, { schemaType }) => schemas.convert(schema, schemaType),
  });
  const problem = schemas.convert(problemSchema, 'output');
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...problem?.components } as Schemas,
  };
  for (const route of routesOf(app)) complete(operationOf(document, route), route, service);
  return document;
}

/**
 * Converts zod schemas and keeps their names apart: the same `meta({ id })` can look different as input and as output
 * (defaults, unknown keys), and the later one would overwrite the earlier in `components`.
 */
class SchemaNames {
  readonly #known = new Map<string, string>();

  convert(schema: unknown, io: 'input' | 'output'): { schema: unknown; components: JsonObject } | undefined {
    if (!(schema instanceof z.ZodType)) return undefined;
    const { $defs = {}, ...body } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
    // The dialect is said once, by the document.
    delete body.$schema;
    const id = (z.globalRegistry.get(schema) as { readonly id?: string } | undefined)?.id;
    // A named schema is sometimes given as a reference to its definition, sometimes as the definition itself.
    const definitions: JsonObject = id === undefined || id in $defs ? { ...$defs } : { ...$defs, [id]: body };
    const names = new Map(Object.entries(definitions).map(([name, value]) => [name, this.#nameFor(name, value, io)]));
    const components = Object.fromEntries(
      Object.entries(definitions).map(([name, value]) => [names.get(name) ?? name, renamed(value, names)]),
    );
    const whole = id === undefined ? renamed(body, names) : { $ref: reference(names.get(id) ?? id) };
    return { schema: whole, components };
  }

  #nameFor(name: string, value: unknown, io: 'input' | 'output'): string {
    const text = JSON.stringify(value);
    const known = this.#known.get(name);
    if (known === undefined || known === text) {
      this.#known.set(name, text);
      return name;
    }
    return `${name}${io === 'input' ? 'Input' : 'Output'}`;
  }
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    // zod repeats meta({ id }) inside the schema, where it means nothing to JSON Schema.
    .filter(([key, member]) => !(key === 'id' && typeof member === 'string' && names.has(member)))
    .map(([key, member]) => {
      const target = key === '$ref' && typeof member === 'string' ? /^#\/\$defs\/(.+)$/.exec(member)?.[1] : undefined;
      return [key, target === undefined ? renamed(member, names) : reference(names.get(target) ?? target)];
    });
  return Object.fromEntries(entries) as unknown;
}

function reference(name: string): string {
  return `#/components/schemas/${name}`;
}

function operationOf(document: OpenAPIObject, route: ServiceRoute): Operation | undefined {
  const path = route.path.replace(/:(\w+)/g, '{$1}');
  const method = METHODS.find((name) => name === route.method.toLowerCase());
  return method === undefined ? undefined : document.paths[path]?.[method];
}

/** Adds what holds for every operation: who may call it, and that failures are problems. */
function complete(operation: Operation | undefined, route: ServiceRoute, service: string): void {
  if (operation === undefined) return;
  operation.tags ??= [service];
  operation.responses['default'] ??= {
    description: 'A problem (RFC 9457)',
    content: { [PROBLEM_MEDIA_TYPE.split(';', 1)[0] ?? '']: { schema: { $ref: reference('Problem') } } },
  };
  if (route.policy?.access !== 'callers') return;
  operation.security = [{ bearer: [] }];
  Object.assign(operation, { 'x-allow': route.policy.allow });
}
