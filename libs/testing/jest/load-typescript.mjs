// Lets plain Node load our TypeScript sources (Node 24 strips the types by itself): imports name the `.js` that a build
// would make, so a missing one is looked for as `.ts`. Only for code without enums, decorators and parameter properties.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return { url: source.href, shortCircuit: true };
    }
    return next(specifier, context);
  },
});
