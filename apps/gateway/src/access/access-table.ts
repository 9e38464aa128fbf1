import { personas, type Persona } from '../identity/account.js';
import { attestationRows } from './attestation-rows.js';
import { catalogRows } from './catalog-rows.js';
import { contractsRows } from './contracts-rows.js';
import { customsRows } from './customs-rows.js';
import { gatewayRows } from './gateway-rows.js';
import { meteringRows } from './metering-rows.js';
import { sandboxRows } from './sandbox-rows.js';
import { settlementRows } from './settlement-rows.js';

/** Who a row may name: the four kinds of people, and our own processes. */
export type Who = Persona | 'system';

/**
 * Whose things a route touches.
 * `anybody`: facts that need no name. `market`: what everybody with a name may see alike. `self`: the caller's own.
 * `own`: one organisation's; of another's nothing is there. `parties`: of the organisations named in it, both sides of a
 * trade. `exchange`: everybody's, so only for the exchange's own people. Operators, auditors and our processes see every
 * tenant's where a row admits them at all.
 */
export const whoseWords = ['anybody', 'market', 'self', 'own', 'parties', 'exchange'] as const;
export type Whose = (typeof whoseWords)[number];

/** One row: who may do what to whose. */
export interface AccessRow {
  /** `*` for every method. */
  readonly method: string;
  /** As routes are written: `/v1/products/:id`; a last `*` stands for any rest. */
  readonly path: string;
  /** `public` needs no name. `token`: whoever brings a token that the service itself judges (see open-paths.ts). */
  readonly who: 'public' | 'token' | readonly Who[];
  readonly whose: Whose;
}

const EVERYONE: readonly Who[] = [...personas, 'system'];

/** Reads rows of four words: method, path, who (joined by commas), whose. @throws Error on a word that means nothing. */
export function readRows(text: string): readonly AccessRow[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words[0] !== '')
    .map((words) => {
      const [method = '', path = '', who = '', whose = ''] = words;
      const isWhose = (whoseWords as readonly string[]).includes(whose);
      if (words.length !== 4 || !/^(?:[A-Z]+|\*)$/.test(method) || !path.startsWith('/') || !isWhose) {
        throw new Error(`No row of the access table: ${words.join(' ')}`);
      }
      return { method, path, who: readWho(who), whose: whose as Whose };
    });
}

function readWho(text: string): AccessRow['who'] {
  if (text === 'public' || text === 'token') return text;
  if (text === 'everyone') return EVERYONE;
  const names = text.split(',');
  const unknown = names.find((name) => !(EVERYONE as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`The access table names "${unknown}", whom nobody knows.`);
  return names as readonly Who[];
}

/** Finds the row of a request without reading all of them. */
export class AccessTable {
  readonly rows: readonly AccessRow[];
  readonly #root: Node = newNode();

  constructor(rows: readonly AccessRow[]) {
    this.rows = rows;
    for (const row of rows) {
      let node = this.#root;
      for (const segment of segmentsOf(row.path)) node = childOf(node, segment);
      if (node.rows.has(row.method)) throw new Error(`The access table has ${row.method} ${row.path} twice.`);
      node.rows.set(row.method, row);
    }
  }

  /** The row for a checked path (see checkTarget), or for a route's template; HEAD is a GET. Named segments win. */
  rowFor(method: string, path: string): AccessRow | undefined {
    return find(this.#root, segmentsOf(path), 0, method === 'HEAD' ? 'GET' : method);
  }
}

interface Node {
  readonly rows: Map<string, AccessRow>;
  readonly named: Map<string, Node>;
  any: Node | undefined;
  rest: Node | undefined;
}

function newNode(): Node {
  return { rows: new Map(), named: new Map(), any: undefined, rest: undefined };
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').slice(1);
}

function childOf(node: Node, segment: string): Node {
  if (segment === '*') return (node.rest ??= newNode());
  if (segment.startsWith(':')) return (node.any ??= newNode());
  const known = node.named.get(segment) ?? newNode();
  node.named.set(segment, known);
  return known;
}

function find(node: Node, segments: readonly string[], at: number, method: string): AccessRow | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.rows.get(method) ?? node.rows.get('*');
  const named = node.named.get(segment);
  const exact = named && find(named, segments, at + 1, method);
  if (exact !== undefined) return exact;
  const any = node.any && segment !== '' ? find(node.any, segments, at + 1, method) : undefined;
  if (any !== undefined) return any;
  return node.rest?.rows.get(method) ?? node.rest?.rows.get('*');
}

/** Whether the row admits a caller with these personas; a process of ours comes without any. */
export function admits(
  row: AccessRow,
  caller: { readonly personas: readonly string[]; readonly via: string },
): boolean {
  if (row.who === 'public' || row.who === 'token') return true;
  const names: readonly string[] = row.who;
  if (caller.via === 'system' && names.includes('system')) return true;
  // Nobody becomes a process of ours by a persona of that name.
  return caller.personas.some((name) => name !== 'system' && names.includes(name));
}

/**
 * The one table of who may do what to whose under /v1. The door goes by it, the services' own guards must agree with it, the
 * API's description tells it, and a test walks every route of every service against it: a route without a row fails there.
 */
export const accessTable = new AccessTable(
  [
    attestationRows,
    catalogRows,
    contractsRows,
    customsRows,
    gatewayRows,
    meteringRows,
    sandboxRows,
    settlementRows,
  ].flatMap(readRows),
);
