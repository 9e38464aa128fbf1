// An import between our sources names the `.js` that a build would make; a spec runs the `.ts` beside it. Jest asks for
// every import of every spec file, so what is found with one look is not searched for under each extension first.
import { statSync } from 'node:fs';
import { join, sep } from 'node:path';

const IN_PACKAGES = `${sep}node_modules${sep}`;

/** Jest's synchronous resolver: the path of the file that `request` means when imported from `options.basedir`. */
export function sync(request, options) {
  if (request.startsWith('.') && request.endsWith('.js') && !options.basedir.includes(IN_PACKAGES)) {
    const source = join(options.basedir, request.replace(/\.js$/, '.ts'));
    if (statSync(source, { throwIfNoEntry: false })?.isFile()) return source;
  }
  return options.defaultResolver(request, options);
}
