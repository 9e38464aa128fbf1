import { createRootRoute } from '@tanstack/react-router';
import { Failed } from './failed.page.js';
import { NotFound } from './not-found.page.js';
import { Shell } from './shell.js';

/** Every page is drawn inside the shell, also the one that says that there is none. */
export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: Failed,
});
