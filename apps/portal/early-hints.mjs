/** The words that the frame waits for, by language: ours, and antd's. */
const WORDS = {
  en: ['locales/en/index.ts', 'antd/es/locale/en_US.js'],
  'zh-Hans': ['locales/zh-Hans/index.ts', 'antd/es/locale/zh_CN.js'],
  'zh-Hant': ['locales/zh-Hant/index.ts', 'antd/es/locale/zh_HK.js'],
};
/** Where most people begin: members at home, strangers where a link led them. */
const PAGES = {
  '/': 'features/home/home.page.tsx',
  '/catalog': 'features/catalog/catalog.page.tsx',
  '/customs/check': 'features/customs-check/customs-check.page.tsx',
};
/** Before anything that a browser stops reading for. */
const PLACE = '<!--early-hints-->';

/**
 * Says in the page itself which files it will ask for once its script runs: the words of its language, and the page of
 * its address where that is one of a few. They come beside the frame instead of after it. A few lines with the nonce of
 * the answer, since only the browser knows language and address when one file is served to all.
 */
export function earlyHints() {
  return {
    name: 'early-hints',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        // Vite's own server has no bundle, and no hurry.
        if (bundle === undefined) return html;
        const words = Object.fromEntries(
          Object.entries(WORDS).map(([language, modules]) => [language, filesOf(bundle, modules)]),
        );
        const pages = Object.fromEntries(
          Object.entries(PAGES).map(([path, module]) => [path, filesOf(bundle, [module])]),
        );
        const hints = JSON.stringify({ words, pages });
        return html.replace(PLACE, () => `<script>${scriptOf(hints)}</script>`);
      },
    },
  };
}

/** What a module's chunk cannot start without, beyond what the frame brings; a build that lost it fails here. */
function filesOf(bundle, modules) {
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
  const seen = new Set(withImports(bundle, chunks.find(({ isEntry }) => isEntry).fileName));
  return modules.flatMap((module) => {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${module}`));
    if (chunk === undefined) throw new Error(`No chunk of the portal begins with ${module}.`);
    return [...withImports(bundle, chunk.fileName)].filter((file) => !seen.has(file));
  });
}

function withImports(bundle, file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const other of bundle[file]?.imports ?? []) withImports(bundle, other, seen);
  return seen;
}

const scriptOf = (hints) =>
  `{const h=${hints};` +
  `for(const f of [...(h.words[document.documentElement.lang]??[]),...(h.pages[location.pathname]??[])])` +
  `document.head.append(Object.assign(document.createElement('link'),{rel:'modulepreload',href:'/portal/'+f}))}`;
