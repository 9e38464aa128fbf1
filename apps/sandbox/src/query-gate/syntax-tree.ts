import { DomainException } from '@hetao/kernel';
import { queryGateErrors, type RefusalReason } from './query-gate.errors.js';

/** A node of DuckDB's own tree (json_serialize_sql), of which nothing is trusted but that it is JSON. */
export type SyntaxNode = Readonly<Record<string, unknown>>;

/** Stops reading: caught where the gate begins. */
export function refuse(reason: RefusalReason, detail: string, node?: SyntaxNode): never {
  const at = typeof node?.['query_location'] === 'number' ? { at: node['query_location'] } : {};
  throw new DomainException(queryGateErrors.QUERY_REFUSED(detail, { pointer: '/sql', meta: { reason, ...at } }));
}

export function nodeIn(node: SyntaxNode, member: string): SyntaxNode {
  return asNode(node[member], member);
}

export function asNode(value: unknown, what: string): SyntaxNode {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as SyntaxNode;
  return refuse('node_type', `The query's ${what} is not understood.`);
}

export function nodesIn(node: SyntaxNode, member: string): readonly SyntaxNode[] {
  const value = node[member];
  if (!Array.isArray(value)) return refuse('node_type', `The query's ${member} is not understood.`, node);
  return value.map((one) => asNode(one, member));
}

export function textIn(node: SyntaxNode, member: string): string {
  const value = node[member];
  return typeof value === 'string' ? value : '';
}

/** The same node without what says where it stood: two places that mean the same compare equal. */
export function shapeOf(node: unknown): string {
  return JSON.stringify(node, (key, value: unknown) =>
    key === 'query_location' || key === 'alias' ? undefined : value,
  );
}
