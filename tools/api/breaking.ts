import { breaksInSchema, type SchemaSide } from './breaking-schema.js';
import { isKeyParameter, operationsOf, type ApiDocument, type ApiOperation, type ApiParameter } from './operations.js';

const BODY = /^2\d\d$/;

/**
 * What of a released document the new one no longer keeps. Kept is: whoever wrote a request against the released document
 * still gets it accepted, and finds in the answer what he was promised. More operations, more optional members and more
 * answers than before break nothing.
 *
 * @returns one sentence each; none when nothing breaks
 */
export function breakingChanges(released: ApiDocument, current: ApiDocument): string[] {
  const now = new Map(operationsOf(current).map((placed) => [`${placed.method} ${placed.path}`, placed.operation]));
  return operationsOf(released).flatMap(({ method, path, operation }) => {
    const place = `${method.toUpperCase()} ${path}`;
    const successor = now.get(`${method} ${path}`);
    if (successor === undefined) return [`${place} is gone.`];
    return [
      ...breaksInAccess(operation, successor),
      ...breaksInParameters(operation, successor, { released, current }),
      ...breaksInBody(operation, successor, { released, current }),
      ...breaksInAnswers(operation, successor, { released, current }),
    ].map((fault) => `${place}: ${fault}`);
  });
}

type Documents = Pick<SchemaSide, 'released' | 'current'>;

function breaksInAccess(before: ApiOperation, after: ApiOperation): string[] {
  const faults = [];
  if (before.operationId !== after.operationId) {
    faults.push(`its function in the client was ${before.operationId}, and is ${after.operationId}.`);
  }
  const admitted = after['x-allow'];
  for (const role of before['x-allow'] ?? []) {
    if (admitted !== undefined && !admitted.includes(role)) faults.push(`it no longer admits ${role}.`);
  }
  if (isOpen(before) && !isOpen(after)) faults.push('it was open to everybody.');
  return faults;
}

function isOpen({ security }: ApiOperation): boolean {
  return security?.length === 0;
}

function breaksInParameters(before: ApiOperation, after: ApiOperation, documents: Documents): string[] {
  const known = new Map((before.parameters ?? []).map((parameter) => [nameOf(parameter), parameter]));
  const now = new Map((after.parameters ?? []).map((parameter) => [nameOf(parameter), parameter]));
  const faults = [];
  for (const [name, parameter] of now) {
    const needed = parameter.required === true && known.get(name)?.required !== true;
    // A key costs its client nothing: the generated one always brings it.
    if (needed && !isKeyParameter(parameter)) faults.push(`${name} is required now.`);
  }
  for (const [name, parameter] of known) {
    const successor = now.get(name);
    if (successor === undefined) faults.push(`${name} is gone.`);
    else faults.push(...breaksInSchema(parameter.schema, successor.schema, { ...documents, side: 'asked', at: name }));
  }
  return faults;
}

function nameOf(parameter: ApiParameter): string {
  return `${parameter.in} parameter ${parameter.name}`;
}

function breaksInBody(before: ApiOperation, after: ApiOperation, documents: Documents): string[] {
  const faults = [];
  if (before.requestBody?.required !== true && after.requestBody?.required === true)
    faults.push('a body is required now.');
  for (const [type, { schema }] of Object.entries(before.requestBody?.content ?? {})) {
    const successor = after.requestBody?.content[type];
    if (successor === undefined) faults.push(`it no longer takes ${type}.`);
    else faults.push(...breaksInSchema(schema, successor.schema, { ...documents, side: 'asked', at: 'body' }));
  }
  return faults;
}

function breaksInAnswers(before: ApiOperation, after: ApiOperation, documents: Documents): string[] {
  const faults = [];
  for (const [status, answer] of Object.entries(before.responses)) {
    if (!BODY.test(status)) continue;
    const successor = after.responses[status];
    if (successor === undefined) faults.push(`it no longer answers ${status}.`);
    for (const [type, { schema }] of Object.entries(answer.content ?? {})) {
      if (successor === undefined) continue;
      const content = successor.content?.[type];
      if (content === undefined) faults.push(`${status} is no longer ${type}.`);
      else
        faults.push(
          ...breaksInSchema(schema, content.schema, { ...documents, side: 'answered', at: `${status} body` }),
        );
    }
  }
  return faults;
}
