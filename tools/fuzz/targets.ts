import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readListing } from '../../apps/catalog/src/listing-file/listing-file.format.js';
import { readCatalogRequest } from '../../apps/contracts/src/dataspace/catalog/catalog-filter.js';
import {
  readNegotiationMessage,
  type Expected,
} from '../../apps/contracts/src/dataspace/negotiation/negotiation-reading.js';
import { readAddress, readMessage, readRequest } from '../../apps/contracts/src/dataspace/transfer/transfer.wire.js';
import { splitBody } from '../../apps/metering/src/ingestion/event-body.js';
import { splitLines } from '../../apps/metering/src/ingestion/event-lines.js';
import { decodePack } from '../../apps/metering/src/ingestion/pack/pack-format.js';
import { readUsageEvent } from '../../apps/metering/src/ingestion/usage-event.js';
import { decodeFrame } from '../../apps/sandbox/src/pixel/frame.codec.js';
import { headLength } from '../../apps/sandbox/src/recording/record.codec.js';
import { parseViewerMessage } from '../../apps/sandbox/src/session/viewer-message.dto.js';
import { parseCsvRates } from '../../apps/settlement/src/fx/csv-rates.parser.js';
import { parseEcbRates } from '../../apps/settlement/src/fx/ecb.parser.js';
import type { CsvMapping } from '../../apps/settlement/src/statement/csv.mapping.js';
import { readStatementFile } from '../../apps/settlement/src/statement/statement.formats.js';
import { decodeGrid, decodeWeights } from '@hetao/learning';
import {
  decodeEntries,
  openReceipt,
  parseCheckpoint,
  parseNoteKey,
  parseTilePath,
  readProvenUsage,
  readSigningJwk,
  verifyCredential,
  verifyKeyProof,
} from '@hetao/proofs';
import { readUsagePolicy, verifyReleaseToken } from '@hetao/rules';

/** A parser that takes bytes from outside, as the campaign calls it. */
export interface FuzzTarget {
  readonly name: string;
  /** Files that inputs are made from, below the repository. */
  readonly corpus: string;
  /** Reads the bytes in every way the parser knows. A refusal that the parser's own words announce is no failure. */
  readonly read: (bytes: Buffer) => unknown;
  /** Reads JSON that is well formed, where a body parser stands before it. */
  readonly readJson?: (value: unknown) => unknown;
}

const root = new URL('../..', import.meta.url).pathname;
const NOW = new Date('2026-06-01T00:00:00Z');
const FLOATS = 4;
/** The generator of the curve: any point will do, as no input is signed. */
const KEY = { kty: 'OKP', crv: 'Ed25519', x: 'WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY' } as const;

const MAPPING: CsvMapping = {
  account: '6222-0001',
  currency: 'CNY',
  encoding: 'utf-8',
  delimiter: ',',
  skip: 1,
  order: 'newest_first',
  decimal: '.',
  thousands: ',',
  dateFormat: 'YYYY/MM/DD',
  amounts: { kind: 'split', credit: '收入', debit: '支出' },
  columns: { bookingDate: '日期', balance: '余额', counterpartyName: '对方户名', remittance: ['摘要'] },
};

const EXPECTED: readonly Expected[] = [
  ...(['opening request', 'opening offer', 'request', 'offer'] as const),
  ...(['event', 'agreement', 'verification', 'termination'] as const),
];

export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  { name: 'statements', corpus: 'samples/bank/*.{sta,xml}', read: (bytes) => readStatementFile(bytes, {}) },
  { name: 'csv', corpus: 'tools/fuzz/corpus/csv/*', read: (bytes) => readStatementFile(bytes, { mapping: MAPPING }) },
  {
    name: 'rates',
    corpus: 'tools/fuzz/corpus/rates/*',
    read: (bytes) => [parseCsvRates(bytes.toString('utf8')), parseEcbRates(bytes.toString('utf8'))],
  },
  { name: 'listing', corpus: 'tools/fuzz/corpus/listing/*', read: (bytes) => readListing(bytes.toString('utf8')) },
  { name: 'usage', corpus: 'tools/fuzz/corpus/usage/*', read: readUsage },
  {
    name: 'dataspace',
    corpus: 'tools/fuzz/corpus/dataspace/*',
    read: (bytes) => ofJson(bytes, readDataspace),
    readJson: readDataspace,
  },
  {
    name: 'policy',
    corpus: 'tools/fuzz/corpus/policy/*',
    read: (bytes) => ofJson(bytes, readUsagePolicy),
    readJson: readUsagePolicy,
  },
  { name: 'proofs', corpus: 'tools/fuzz/corpus/proofs/*', read: readProofs, readJson: readJsonProofs },
  {
    name: 'release',
    corpus: 'tools/fuzz/corpus/release/*',
    read: (bytes) => verifyReleaseToken(bytes.toString('utf8'), [], NOW),
  },
  { name: 'frames', corpus: 'tools/fuzz/corpus/frames/*', read: readFrames },
];

/** The inputs that a target's mutations begin with. @throws Error when there are none. */
export function corpusOf({ name, corpus }: FuzzTarget): readonly Buffer[] {
  const files = globSync(corpus, { cwd: root }).toSorted();
  if (files.length === 0) throw new Error(`The corpus of ${name} (${corpus}) is empty.`);
  return files.map((path) => readFileSync(join(root, path)));
}

/** Whatever is no JSON never reaches what stands behind the body parser. */
function ofJson(bytes: Buffer, read: (value: unknown) => unknown): unknown {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  return read(value);
}

function readUsage(bytes: Buffer): unknown {
  const read = [splitBody(bytes, 'either'), splitBody(bytes, 'batch'), splitLines(bytes)].flatMap((slices) =>
    slices.ok ? slices.value.slice(0, 50).map((slice) => readUsageEvent(slice, NOW.getTime())) : [],
  );
  return [read, decodePack(bytes)];
}

function readDataspace(value: unknown): unknown {
  return [
    ...EXPECTED.map((expected) => readNegotiationMessage(value, expected, NOW)),
    ...(['start', 'suspend', 'complete', 'terminate'] as const).map((command) =>
      readMessage(value, command, 'consumer'),
    ),
    readRequest(value),
    readAddress(value),
    readCatalogRequest(value),
  ];
}

async function readProofs(bytes: Buffer): Promise<unknown> {
  const text = bytes.toString('utf8');
  const read = [parseCheckpoint(text), parseNoteKey(text), parseTilePath(text), decodeEntries(bytes)];
  const verified = await Promise.all([
    verifyKeyProof(text, 'challenge', KEY),
    verifyCredential({ presentation: text, issuerKeys: () => [KEY], at: NOW }),
  ]);
  return [...read, ...verified, await ofJson(bytes, readJsonProofs)];
}

async function readJsonProofs(value: unknown): Promise<unknown> {
  const usage = readProvenUsage(value);
  return [usage, ...(await Promise.all([openReceipt(value, { logs: [] }), readSigningJwk(value)]))];
}

function readFrames(bytes: Buffer): unknown {
  const announced = (read: () => unknown, refusal: (error: unknown) => boolean): unknown => {
    try {
      return read();
    } catch (error) {
      if (refusal(error)) return undefined;
      throw error;
    }
  };
  const isDomain = (error: unknown): boolean => error instanceof Error && error.name === 'DomainException';
  return [
    announced(
      () => decodeFrame(bytes),
      // "@throws RangeError when the bytes are no frame", in words of its own: DataView's are a finding.
      (error) => error instanceof RangeError && /frame/.test(error.message),
    ),
    announced(() => decodeWeights(bytes, FLOATS), isDomain),
    announced(() => decodeGrid(bytes, FLOATS), isDomain),
    headLength(bytes),
    parseViewerMessage(bytes.toString('utf8')),
  ];
}
