import { catalog } from './catalog.js';
import { home } from './home.js';
import { kit } from './kit.js';
import { nav } from './nav.js';
import { persona } from './persona.js';
import { problem } from './problem.js';
import { settings } from './settings.js';
import { shell } from './shell.js';
import { status } from './status.js';

export const words = { catalog, home, kit, nav, persona, problem, settings, shell, status };

export type EnglishWords = typeof words;
