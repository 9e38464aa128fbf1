import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { allEvents, allTopics } from '@hetao/events';
import { parseAllDocuments } from 'yaml';
import { usagePackTopic } from '../../apps/metering/src/ingestion/pack/pack-topic.js';
import { usageLogGroup } from '../../apps/metering/src/ingestion/pack/usage.log.js';
import { defaultTopicSettings } from '../../libs/messaging/src/kafka/topics.js';

const root = new URL('../..', import.meta.url).pathname;

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}
interface Topic extends Resource {
  readonly spec: {
    readonly partitions: number;
    readonly replicas: number;
    readonly config: Readonly<Record<string, string>>;
  };
}
interface User extends Resource {
  readonly spec: {
    readonly authorization: {
      readonly acls: readonly {
        readonly resource: { readonly type: 'topic' | 'group'; readonly name: string };
        readonly operations: readonly string[];
      }[];
    };
  };
}

const resourcesIn = <R extends Resource>(file: string): readonly R[] =>
  parseAllDocuments(readFileSync(join(root, 'infra/kafka', file), 'utf8')).map((document) => document.toJS() as R);

const topics = resourcesIn<Topic>('topics.yaml');
const users = resourcesIn<User>('acls.yaml');
const services = globSync('apps/*/src/*.definition.ts', { cwd: root }).map((path) => path.split('/')[1] ?? '');
/** Everything that has a topic; usage packs are metering's own affair and no event. */
const declared = [...allTopics, usagePackTopic];
const topicOfEvent = new Map(allEvents.map(({ type, topic }) => [type.replace(/^hetao\./, ''), topic.name] as const));

/** The events a folder has handlers for, by the type that their constant's file declares. */
function handledIn(folder: string): string[] {
  return globSync(`${folder}/**/*.ts`, { cwd: root })
    .filter((path) => !path.endsWith('.spec.ts'))
    .flatMap((path) => [...readFileSync(join(root, path), 'utf8').matchAll(/@Handles(?:Batch)?\((\w+)V(\d+)/g)])
    .map(([, name = '', version = '']) => topicOf(name, version));
}

function topicOf(name: string, version: string): string {
  const kebab = name.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase();
  const found = [...topicOfEvent].find(([type]) => type.endsWith(`.${kebab}.v${version}`));
  if (found === undefined) throw new Error(`${name}V${version} is handled, but no event.`);
  return found[1];
}

function readsOf(service: string): string[] {
  const own = handledIn(`apps/${service}/src`);
  const source = globSync(`apps/${service}/src/**/*.ts`, { cwd: root }).map((path) =>
    readFileSync(join(root, path), 'utf8'),
  );
  if (source.some((text) => text.includes("'@hetao/clearance'"))) own.push(...handledIn('libs/clearance/src'));
  if (service === 'metering') own.push(usagePackTopic.name);
  return [...new Set(own)].toSorted();
}

const allowed = (user: User, type: 'topic' | 'group', operation: string): string[] =>
  user.spec.authorization.acls
    .filter(({ resource, operations }) => resource.type === type && operations.includes(operation))
    .map(({ resource }) => resource.name)
    .toSorted();

describe('Kafka as code', () => {
  it('has every topic of the code, with its partitions, and no other', () => {
    const written = topics.map(({ metadata, spec }) => [metadata.name, spec.partitions]);
    expect(written.toSorted()).toEqual(declared.map(({ name, partitions }) => [name, partitions]).toSorted());
  });

  it('keeps facts as the code would, on three brokers of which two have them', () => {
    for (const { spec } of topics) {
      expect(spec.config).toMatchObject({ ...defaultTopicSettings.config, 'min.insync.replicas': '2' });
      expect(spec.replicas).toBe(3);
    }
  });

  it('knows every service, and nobody else', () => {
    expect(users.map(({ metadata }) => metadata.name).toSorted()).toEqual(
      services.map((name) => `hetao-${name}`).toSorted(),
    );
  });

  it.each(users.map((user) => ({ service: user.metadata.name.replace('hetao-', ''), user })))(
    '$service writes what it says, reads what it handles, joins its own group, and may do nothing else',
    ({ service, user }) => {
      const own = declared.map(({ name }) => name).filter((name) => name.startsWith(`hetao.${service}.`));
      expect(allowed(user, 'topic', 'Write')).toEqual(own.toSorted());
      expect(allowed(user, 'topic', 'Read')).toEqual(readsOf(service));
      expect(allowed(user, 'group', 'Read')).toEqual([service, ...(service === 'metering' ? [usageLogGroup] : [])]);
      const operations = new Set(user.spec.authorization.acls.flatMap((acl) => acl.operations));
      expect([...operations].filter((name) => !['Read', 'Write', 'Describe'].includes(name))).toEqual([]);
    },
  );
});
