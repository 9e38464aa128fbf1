import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { blockFault, blocksOf, type Proof } from './blocks.js';
import { commandFault } from './shell.js';

const root = new URL('../..', import.meta.url).pathname;
const files = globSync(['*.md', '{docs,infra,samples}/**/*.md', '{apps,libs}/*/*.md'], { cwd: root }).filter(
  (path) => !/node_modules|\/dist\//.test(path),
);

const SIGNED = 'libs/proofs/src/agreement';
const SIGNATURE_HEADER: Proof = { madeBy: [`${SIGNED}/agreement-signature.ts`, `${SIGNED}/detached-jws.ts`] };

/** Who holds the code of a page to the truth, by page and language. Shell, YAML and drawings are tried as they are. */
const PROOFS: Readonly<Record<string, Proof>> = {
  'README.md text': { output: 'amounts' },
  'apps/customs/README.md json': { bodyOf: ['patch', '/v1/customs/declarations/{id}'] },
  'apps/gateway/README.md ts': {
    compiledWith: `import { createRemoteJWKSet, jwtVerify } from 'jose';
      declare const request: { readonly headers: Readonly<Record<string, string>> };`,
  },
  'docs/guides/connect-a-dataspace-peer.md http': { followedBy: 'apps/contracts/test/dataspace-journey.e2e.spec.ts' },
  'docs/guides/verify-an-agreement.md js': { followedBy: 'apps/contracts/test/verify-guide.e2e.spec.ts' },
  'docs/guides/verify-an-agreement.md json': SIGNATURE_HEADER,
  'libs/client/README.md ts': { compiledWith: 'declare const offer_id: string;' },
  'libs/runtime/README.md ts': { linesOf: 'libs/runtime/test/notes/main.ts' },
};

/** Commands of ours that a text mentions in its sentences and that do not exist, or not with these options. */
function strangeCommands(text: string): string[] {
  const spans = [...text.matchAll(/`((?:npm (?:run|test|start)|node (?:tools|bench)\/)[^`\n]*)`/g)];
  return spans.map(([, command = '']) => command).flatMap((command) => commandFault(command) ?? []);
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

  it.each(files)('%s links to what is there, names commands that exist, and shows code that is true', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    expect(brokenLinks(path, text)).toEqual([]);
    expect(strangeCommands(text)).toEqual([]);
    const faults = blocksOf(path, text).flatMap((block) => {
      const fault = blockFault(block, PROOFS[`${path} ${block.language}`]);
      return fault === undefined ? [] : [`line ${block.line}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('have the blocks that somebody answers for', () => {
    const shown = files.flatMap((path) => blocksOf(path, readFileSync(join(root, path), 'utf8')));
    const names = new Set(shown.map(({ page, language }) => `${page} ${language}`));
    expect(Object.keys(PROOFS).filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('What is not true', () => {
  const fault = (language: string, code: string, proof?: Proof): string | undefined =>
    blocksOf('page.md', `a\n\`\`\`${language}\n${code}\n\`\`\`\n`).map((block) => blockFault(block, proof))[0];

  it('is a link that leads nowhere, a command that is none, an option that its program does not know', () => {
    expect(
      brokenLinks('README.md', '[x](docs/nowhere.md) [y](docs/architecture.md#a) [z](https://example.org)'),
    ).toEqual(['docs/nowhere.md']);
    expect(strangeCommands('`npm run nothing -- x`, `npm run check`, `node tools/none.mjs`')).toEqual([
      'npm knows no nothing',
      'there is no node tools/none.mjs',
    ]);
    expect(strangeCommands('`npm run rehearse -- upgrade --from x`, `npm run rehearse -- upgrade --form x`')).toEqual([
      'tools/rehearse.mjs has no --form',
    ]);
    expect(fault('sh', '# said\nnpm run rehearse -- \\\n  upgrade --form x')).toContain('--form');
  });

  it('is code that does not compile, or that nobody tries', () => {
    expect(fault('ts', 'const = 1', { compiledWith: '' })).toBeDefined();
    expect(fault('ts', "import { nothing } from '@hetao/client';", { compiledWith: '' })).toContain('nothing');
    expect(fault('ts', 'await nobody();', { linesOf: 'libs/runtime/test/notes/main.ts' })).toContain('nobody');
    expect(fault('js', 'let a;')).toContain('nobody tries');
    expect(fault('http', 'GET /', { followedBy: 'apps/contracts/test/verify-guide.e2e.spec.ts' })).toContain('page.md');
    expect(fault('', 'npm test')).toContain('nothing is known');
  });

  it('is data that cannot be read, that no route takes, or that does not add up', () => {
    expect(fault('json', '{')).toContain('SyntaxError');
    expect(fault('json', '{"form": 1}', PROOFS['apps/customs/README.md json'])).toContain('must be object');
    expect(fault('json', '{"colour": 1}', SIGNATURE_HEADER)).toContain('colour');
    expect(fault('yaml', 'a: [')).toBeDefined();
    expect(fault('text', '10.00 net 9.00 + tax 1.01', { output: 'amounts' })).toBe('9.00 + 1.01 is not 10.00');
  });

  it('is a drawing of somebody unknown', () => {
    expect(fault('mermaid', 'sequenceDiagram\n  participant A\n  A->>B: hello')).toBe('nobody introduced B');
    expect(fault('mermaid', 'flowchart LR\n  a[x')).toContain('brackets');
  });
});
