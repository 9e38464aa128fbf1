import { access } from './access.js';
import { catalog } from './catalog.js';
import { contract } from './contract.js';
import { demand } from './demand.js';
import { home } from './home.js';
import { invoice } from './invoice.js';
import { kit } from './kit.js';
import { nav } from './nav.js';
import { persona } from './persona.js';
import { problem } from './problem.js';
import { product } from './product.js';
import { readiness } from './readiness.js';
import { recompute } from './recompute.js';
import { request } from './request.js';
import { settings } from './settings.js';
import { shell } from './shell.js';
import { status } from './status.js';
import { terms } from './terms.js';
import { usage } from './usage.js';

export const words = {
  access,
  catalog,
  contract,
  demand,
  home,
  invoice,
  kit,
  nav,
  persona,
  problem,
  product,
  readiness,
  recompute,
  request,
  settings,
  shell,
  status,
  terms,
  usage,
};
