/** As much of an OpenAPI 3.1 document as is looked at here. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

export interface ApiOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: ApiParameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, ApiContent>> };
  readonly responses: Readonly<Record<string, ApiResponse>>;
  /** Empty where no name is asked for. */
  readonly security?: readonly unknown[];
  /** Who may call it. */
  readonly 'x-allow'?: readonly string[];
}

export interface ApiParameter {
  readonly name: string;
  readonly in: string;
  required?: boolean;
  readonly schema?: JsonSchema;
}

export interface ApiContent {
  readonly schema?: JsonSchema;
}

export interface ApiResponse {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, ApiContent>>;
}

/** A schema of JSON Schema 2020-12, as zod writes them. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly [keyword: string]: unknown;
}

/** One operation with its place. */
export interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: ApiOperation;
}

const METHODS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'patch', 'head']);

/** Every operation of a document, in its order. */
export function operationsOf(document: Pick<ApiDocument, 'paths'>): PlacedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({ method, path, operation })),
  );
}

export function isKeyParameter(parameter: ApiParameter): boolean {
  return parameter.in === 'header' && parameter.name.toLowerCase() === 'idempotency-key';
}
