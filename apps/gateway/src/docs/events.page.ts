import { allEvents, allTopics, eventJsonSchema } from '@hetao/events';
import type { Language } from '@hetao/kernel';
import { html, type SafeHtml } from '../page/html.js';
import { document } from '../page/layout.page.js';
import type { DocsPage } from './docs.page.js';
import { docsWords } from './docs.words.js';

type Schema = Readonly<Record<string, unknown>>;
type PublishedEvent = (typeof allEvents)[number];

/** The topics and what is published on them: the AsyncAPI document as a page, without a script and from nowhere else. */
export function eventsPage({ language, demo, account }: DocsPage): string {
  const words = docsWords[language];
  const main = html`<h1>${words.events}</h1>
    <p class="muted">${words.eventsIntro(allEvents.length, allTopics.length)} <a href="/docs">${words.back}</a></p>
    ${allTopics.map((topic) => topicSection(topic.name, language))}`;
  return document({ language, title: words.events, path: '/docs/events', main, demo, account, styles: ['docs.css'] });
}

function topicSection(topic: string, language: Language): SafeHtml {
  const events = allEvents.filter((event) => event.topic.name === topic);
  return html`<section>
    <h2><code>${topic}</code></h2>
    ${events.map((event) => eventDetails(event, language))}
  </section>`;
}

function eventDetails(event: PublishedEvent, language: Language): SafeHtml {
  const words = docsWords[language];
  const schema = eventJsonSchema(event) as {
    readonly properties?: Record<string, Schema>;
    readonly required?: string[];
  };
  const rows = Object.entries(schema.properties ?? {}).map(
    ([name, field]) =>
      html`<tr>
        <th scope="row">
          <code>${name}</code>${schema.required?.includes(name) === true ? '' : ` (${words.optional})`}
        </th>
        <td><code>${typeOf(field)}</code></td>
        <td lang="en">${textOf(field['description'])}</td>
      </tr>`,
  );
  return html`<details>
    <summary><code>${event.type}</code> <span lang="en">${event.summary}</span></summary>
    <table aria-label="${event.type}">
      <thead>
        <tr>
          ${words.eventColumns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </details>`;
}

/** A type in few words: its name, or what it is a list or a choice of. */
function typeOf(schema: Schema): string {
  if (typeof schema['$ref'] === 'string') return schema['$ref'].split('/').at(-1) ?? '';
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String).join(' | ');
  const variants = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(variants)) return (variants as Schema[]).map(typeOf).join(' | ');
  if (schema['type'] === 'array') return `${typeOf((schema['items'] ?? {}) as Schema)}[]`;
  return textOf(schema['type']) || 'any';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
