import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { commandFault, commandsIn } from './shell.js';

const root = new URL('../..', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  readonly language: string;
  readonly code: string;
  readonly line: number;
}

/** What holds a block to the truth beyond its language: the blocks of a page and language share one. */
export type Proof =
  /** A specification takes the block out of the page and does what it says. */
  | { readonly followedBy: string }
  /** Its lines stand in a file that is compiled and tested. */
  | { readonly linesOf: string }
  /** It compiles against the package it shows; `given` is what the page leaves to the reader. */
  | { readonly compiledWith: string }
  /** It is what a route of the public API takes. */
  | { readonly bodyOf: readonly [method: string, path: string] }
  /** Its members are made by these sources. */
  | { readonly madeBy: readonly string[] }
  /** It is shown as output: amounts, of which the first of a line is the sum of the others. */
  | { readonly output: 'amounts' };

/** Fenced blocks, with the line they begin on. */
export function blocksOf(page: string, text: string): readonly Block[] {
  return [...text.matchAll(/^```(\S*)\n([\s\S]*?)^```/gm)].map((match) => ({
    page,
    language: match[1] ?? '',
    code: match[2] ?? '',
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** What is wrong with a block, or nothing. */
export function blockFault(block: Block, proof: Proof | undefined): string | undefined {
  const { language, code } = block;
  switch (language) {
    case 'sh':
      return commandsIn(code).map(commandFault).find(Boolean);
    case 'yaml':
      return parseAllDocuments(code).flatMap(({ errors }) => errors)[0]?.message;
    case 'mermaid':
      return drawingFault(code);
    case 'json':
      return jsonFault(code) ?? proofFault(block, proof);
    case 'js':
    case 'ts':
    case 'http':
    case 'text':
      return proofFault(block, proof);
    default:
      return `nothing is known of "${language}": say here how such a block is held to the truth`;
  }
}

function jsonFault(code: string): string | undefined {
  try {
    JSON.parse(code);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function proofFault({ page, code, language }: Block, proof: Proof | undefined): string | undefined {
  if (proof === undefined) return `nobody tries the ${language} of ${page}`;
  if ('followedBy' in proof) {
    const name = page.split('/').at(-1) ?? page;
    return read(proof.followedBy).includes(name) ? undefined : `${proof.followedBy} does not read ${name}`;
  }
  if ('linesOf' in proof) return missingLine(code, read(proof.linesOf));
  if ('compiledWith' in proof) return compileFault(`${proof.compiledWith}\n${code}`);
  if ('bodyOf' in proof) return bodyFault(JSON.parse(code), proof.bodyOf);
  if ('madeBy' in proof) {
    const own = proof.madeBy.map(read).join('\n');
    const strange = Object.keys(JSON.parse(code) as object).find((name) => !new RegExp(`\\b${name}\\b`).test(own));
    return strange === undefined ? undefined : `${proof.madeBy.join(', ')} make no ${strange}`;
  }
  return code.split('\n').map(sumFault).find(Boolean);
}

function missingLine(code: string, source: string): string | undefined {
  const lines = code.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('//'));
  const missing = lines.find((line) => !withoutOrigin(source).includes(withoutOrigin(line.trim())));
  return missing === undefined ? undefined : `no such line: ${missing}`;
}

/** What an import takes, wherever it takes it from: a package knows itself by another name than its readers. */
const withoutOrigin = (code: string): string => code.replace(/ from '[^']*'/g, '');

const COMPILER: ts.CompilerOptions = {
  ...{
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  },
  ...{ strict: true, noEmit: true, skipLibCheck: true, types: ['node'], customConditions: ['@hetao/source'] },
};
/** What blocks import is read once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** The type checker over one block, in a file beside the packages it imports. */
function compileFault(code: string): string | undefined {
  const name = join(root, 'tools/house/block.ts');
  const host = ts.createCompilerHost(COMPILER);
  const [sourceOf, isThere] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  host.fileExists = (path) => path === name || isThere(path);
  host.getSourceFile = (path, ...rest) => {
    if (path === name) return ts.createSourceFile(path, code, ts.ScriptTarget.ES2024);
    if (!parsed.has(path)) parsed.set(path, sourceOf(path, ...rest));
    return parsed.get(path);
  };
  const program = ts.createProgram([name], COMPILER, host);
  const file = program.getSourceFile(name);
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')).join('; ') || undefined;
}

function bodyFault(body: unknown, [method, path]: readonly [string, string]): string | undefined {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, validateFormats: false });
  ajv.addSchema(JSON.parse(read('libs/client/openapi.json')) as object, 'api');
  const at = path.replaceAll('/', '~1');
  const schema = `api#/paths/${at}/${method}/requestBody/content/application~1json/schema`;
  const validate = ajv.getSchema(schema);
  if (validate === undefined) return `the API has no ${method} ${path}`;
  return validate(body) ? undefined : ajv.errorsText(validate.errors);
}

const cents = (amount: string): number => Math.round(Number(amount) * 100);

function sumFault(line: string): string | undefined {
  const [total, ...parts] = line.match(/\d+\.\d\d/g) ?? [];
  if (total === undefined || parts.length === 0) return undefined;
  const sum = parts.reduce((all, part) => all + cents(part), 0);
  return sum === cents(total) ? undefined : `${parts.join(' + ')} is not ${total}`;
}

/** Every end of an arrow is somebody who was introduced, so that a renamed service is missed. */
function drawingFault(code: string): string | undefined {
  if (code.startsWith('flowchart')) {
    const ends = [...code.matchAll(/[([{]/g)].length - [...code.matchAll(/[)\]}]/g)].length;
    return ends === 0 ? undefined : 'its brackets do not match';
  }
  if (!code.startsWith('sequenceDiagram')) return 'no drawing that we know';
  const introduced = new Set([...code.matchAll(/^\s*(?:participant|actor) (\w+)/gm)].map(([, name]) => name));
  const ends = [...code.matchAll(/^\s*(\w+)-?->>?[+-]?(\w+):/gm)].flatMap(([, from, to]) => [from, to]);
  const stranger = ends.find((name) => !introduced.has(name));
  return stranger === undefined ? undefined : `nobody introduced ${stranger}`;
}
