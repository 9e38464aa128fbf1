import { runService } from '../../src/index.js';
import { notesService } from './notes.definition.js';

await runService(notesService);
