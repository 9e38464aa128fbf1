// Writes what the published language says of itself: docs/events.md, docs/asyncapi.yaml and the committed schema of each
// new event version. `--check` writes nothing and fails when a file is stale. A published schema is never overwritten.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { ensureBuilt } from './build.mjs';
import { asyncApiYaml } from './event-docs/asyncapi.mjs';
import { eventsMarkdown } from './event-docs/markdown.mjs';

const root = new URL('../', import.meta.url);
const checkOnly = process.argv.includes('--check');

await ensureBuilt();
const { allEvents, allTopics, eventJsonSchema, sharedTypes } = await import('@hetao/events');
const catalogue = { topics: allTopics, sharedTypes: sharedTypes(), events: allEvents.map(describe) };

const stale = [];
const changed = [];
for (const { event, schema } of catalogue.events) {
  await publishSchema(`libs/events/schemas/${event.type}.json`, `${JSON.stringify(schema, null, 2)}\n`);
}
await refresh('docs/events.md', eventsMarkdown(catalogue));
await refresh('docs/asyncapi.yaml', asyncApiYaml(catalogue));

for (const path of changed) {
  console.error(`${path} was published with other content. Published versions never change: make a v2 beside it.`);
}
if (checkOnly && stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run \`npm run docs:events\` and commit what it writes.`);
}
if (changed.length > 0 || (checkOnly && stale.length > 0)) process.exit(1);
console.log(
  `${catalogue.events.length} events on ${catalogue.topics.length} topics; ` +
    (stale.length === 0 ? 'everything was up to date.' : `wrote ${stale.join(', ')}.`),
);

/** An event with its schema and the name of the field its key is read from. */
function describe(event) {
  let keyField = '';
  const watched = new Proxy({}, { get: (_, field) => ((keyField = String(field)), '') });
  event.key(watched);
  return { event, keyField, schema: eventJsonSchema(event) };
}

async function publishSchema(path, content) {
  const published = await contentOf(path);
  if (published === undefined) await refresh(path, content);
  else if (published !== content) changed.push(path);
}

async function refresh(path, content) {
  if ((await contentOf(path)) === content) return;
  stale.push(path);
  if (checkOnly) return;
  await mkdir(new URL('.', new URL(path, root)), { recursive: true });
  await writeFile(new URL(path, root), content);
}

async function contentOf(path) {
  try {
    return await readFile(new URL(path, root), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
