import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const root = new URL('../..', import.meta.url).pathname;
const files = globSync(['*.md', '{docs,infra,samples}/**/*.md', '{apps,libs}/*/*.md'], { cwd: root }).filter(
  (path) => !/node_modules|\/dist\//.test(path),
);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

interface Block {
  readonly language: string;
  readonly code: string;
  readonly line: number;
}

/** Fenced blocks of a page, with the line they begin on. */
function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map((match) => ({
    language: match[1] ?? '',
    code: match[2] ?? '',
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** What is wrong with a block, or nothing. Shell is held to the commands that exist; code and data have to be readable. */
function faultOf({ language, code }: Block): string | undefined {
  if (language === 'ts' || language === 'js' || language === 'tsx') {
    const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true, fileName: `block.${language}` });
    return (
      diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')).join('; ') || undefined
    );
  }
  if (language === 'yaml') return parseAllDocuments(code).flatMap(({ errors }) => errors)[0]?.message;
  return undefined;
}

/** Commands of ours that a text mentions and that do not exist. */
function missingCommands(text: string): string[] {
  const wanted = [...text.matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
  const programs = [...text.matchAll(/node ((?:tools|apps|bench)\/[\w./-]+\.m?js)/g)].map(([, path = '']) => path);
  return [
    ...wanted.filter((name) => !(name in scripts)),
    ...programs.filter((path) => !path.includes('/dist/') && !existsSync(join(root, path))),
  ];
}

function brokenLinks(path: string, text: string): string[] {
  return [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(path), target)));
}

describe('The pages', () => {
  it('are found', () => {
    expect(files).toContain('README.md');
    expect(files.length).toBeGreaterThan(40);
  });

  it.each(files)('%s links to what is there, names commands that exist, and shows code that can be read', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    expect(brokenLinks(path, text)).toEqual([]);
    expect(missingCommands(text)).toEqual([]);
    const faults = blocksOf(text).flatMap((block) => {
      const fault = faultOf(block);
      return fault === undefined ? [] : [`line ${block.line}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('would be caught: a link, a command, a block', () => {
    expect(
      brokenLinks('README.md', '[x](docs/nowhere.md) [y](docs/architecture.md#a) [z](https://example.org)'),
    ).toEqual(['docs/nowhere.md']);
    expect(missingCommands('`npm run nothing -- x`, npm run check, `node tools/none.mjs`')).toEqual([
      'nothing',
      'tools/none.mjs',
    ]);
    expect(blocksOf('a\n```ts\nconst = 1\n```\n').map(faultOf)[0]).toBeDefined();
  });
});
