import type { JsonValue } from '@hetao/kernel';
import { deliveryDocument } from '../delivery/delivery.openapi.js';
import { isObject, mergeDocuments, type JsonObject, type ServiceDocument } from './openapi-merge.js';
import type { ServiceName } from '../routing/route-table.js';
import { openApiFrame } from './openapi.frame.js';

export type { ServiceDocument, ServiceName };

/** What each part of the exchange says of itself. */
export interface DocumentParts {
  /** The door's own, as its framework describes it. */
  readonly own: unknown;
  readonly services: readonly ServiceDocument[];
}

/** The OpenAPI 3.1 document of the public API, made of its parts: served by the door, and committed with the client. */
export function publicDocument(publicUrl: string, sessionCookie: string, parts: DocumentParts): JsonObject {
  // Through JSON, so that what the library leaves undefined is gone as it would be on the wire.
  const own = JSON.parse(JSON.stringify(parts.own)) as JsonValue;
  const routed: ServiceDocument[] = isObject(own) ? [{ service: 'gateway', document: own }] : [];
  const sources = [...routed, { service: 'gateway' as const, document: deliveryDocument }, ...parts.services];
  return mergeDocuments(openApiFrame(publicUrl, sessionCookie), sources);
}
