/**
 * The import rules of docs/architecture.md as a failing check.
 * platform → services → runtime → messaging → persistence → kernel; events → kernel;
 * proofs, rating, rules → kernel and no framework.
 */
const TESTS = ['\\.spec\\.ts$', '/test/'];

const layer = (name, from, allowed, comment) => ({
  name: `layer-${name}`,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TESTS },
  to: { path: '^(libs|apps)/', pathNot: [from, ...allowed.map((lib) => `^libs/${lib}/`)] },
});

const FRAMEWORKS = '(^|node_modules/)(@nestjs|fastify|@fastify|typeorm|pg|kafkajs|rxjs)(/|$)';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle has no bottom to start reading from. (The generated client is not read.)',
      from: { pathNot: '^libs/client/src/generated/' },
      to: { circular: true },
    },
    {
      name: 'no-service-imports-service',
      severity: 'error',
      comment: 'Services talk by events. Only apps/platform hosts them together.',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/platform/' },
      to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'platform-sees-indexes-only',
      severity: 'error',
      comment: "apps/platform may see a service's index.ts and nothing behind it.",
      from: { path: '^apps/platform/' },
      to: { path: '^apps/(?!platform/)', pathNot: '^apps/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'no-deep-imports',
      severity: 'error',
      comment: 'A package is entered through its index (or an entry its package.json exports).',
      // Jest's set-up runs before anything is built, so it reads the embedded server's sources.
      from: { path: '^(apps|libs)/([^/]+)/', pathNot: '^libs/testing/jest/' },
      to: {
        path: '^libs/[^/]+/src/',
        pathNot: ['^$1/$2/', '^libs/[^/]+/src/index\\.ts$', '^libs/runtime/src/telemetry/start\\.ts$'],
      },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      comment: 'A library that knows a service is that service.',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    layer('kernel', '^libs/kernel/', [], 'The kernel stands on nothing.'),
    layer('events', '^libs/events/', ['kernel'], 'The published language knows the kernel only.'),
    layer('proofs', '^libs/proofs/', ['kernel'], 'Proofs are recomputed in a browser: kernel only.'),
    layer('rating', '^libs/rating/', ['kernel'], 'Rating is recomputed in a browser: kernel only.'),
    layer('rules', '^libs/rules/', ['kernel'], 'Rules are evaluated in a browser: kernel only.'),
    layer('learning', '^libs/learning/', ['kernel'], 'Both sides of a split run the same arithmetic: kernel only.'),
    layer('pixels', '^libs/pixels/', [], 'Who shows and who watches read the same bytes: nothing else.'),
    layer('persistence', '^libs/persistence/', ['kernel'], 'Persistence knows the kernel only.'),
    layer(
      'messaging',
      '^libs/messaging/',
      ['persistence', 'events', 'kernel'],
      'Messaging stands on persistence and events.',
    ),
    layer(
      'runtime',
      '^libs/runtime/',
      ['messaging', 'persistence', 'events', 'kernel'],
      'Runtime stands on messaging.',
    ),
    layer(
      'clearance',
      '^libs/clearance/',
      ['runtime', 'messaging', 'persistence', 'events', 'kernel'],
      'Clearance is a projection: it stands on the runtime like a service.',
    ),
    layer('client', '^libs/client/', ['proofs', 'kernel'], 'The client is used from outside: it knows what is public.'),
    layer('documents', '^libs/documents/', ['kernel'], 'Documents are printed from their model: kernel only.'),
    {
      name: 'pure-libs-without-framework',
      severity: 'error',
      comment:
        'kernel, events, proofs, rating, rules, learning and pixels run in a browser: no framework, no database, no node: modules.',
      from: { path: '^libs/(kernel|events|proofs|rating|rules|learning|pixels)/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: `${FRAMEWORKS}|^node:` },
    },
    {
      name: 'messaging-without-nest',
      severity: 'error',
      comment: 'Messaging and persistence serve any shell; Nest appears in runtime and the services alone.',
      from: { path: '^libs/(messaging|persistence)/src/' },
      to: { path: '(^|node_modules/)@nestjs/' },
    },
    {
      name: 'domain-imports-kernel-only',
      severity: 'error',
      comment: 'A rule of the business (<feature>.ts, *.errors.ts) imports the kernel, and other rules beside it.',
      from: {
        path: '^apps/[^/]+/src/[^/]+/([^/.]+|[^/]+\\.errors)\\.ts$',
        pathNot: '^apps/[^/]+/src/(database|platform)/|^apps/(platform|portal)/|/index\\.ts$',
      },
      to: {
        pathNot: [
          '^libs/(kernel|rating|proofs|rules|learning|pixels)/',
          '^apps/[^/]+/src/[^/]+/([^/.]+|[^/]+\\.errors)\\.ts$',
        ],
      },
    },
    {
      name: 'portal-parts-know-no-page',
      severity: 'error',
      comment: 'What pages are made of (kit, api, i18n) knows none of them, and the frame only its routes.',
      from: { path: '^apps/portal/src/(kit|api|i18n|app/(?!routes/))' },
      to: { path: '^apps/portal/src/features/' },
    },
    {
      name: 'portal-screens-are-apart',
      severity: 'error',
      comment: 'A screen takes nothing from another: what two need belongs to the kit.',
      from: { path: '^apps/portal/src/features/([^/]+)/' },
      to: { path: '^apps/portal/src/features/([^/]+)/', pathNot: '^apps/portal/src/features/$1/' },
    },
    {
      name: 'portal-rules-are-pure',
      severity: 'error',
      comment: 'A *.rules.ts of the portal is tested without a browser: no React, no antd, no page.',
      from: { path: '^apps/portal/src/.*\\.rules\\.ts$' },
      to: { path: '(^|node_modules/)(react|antd|@ant-design|@tanstack)|\\.tsx$' },
    },
    {
      name: 'controllers-see-no-rows',
      severity: 'error',
      comment: 'Controllers translate HTTP; rows and repositories belong to the use cases.',
      from: { path: '\\.controller\\.ts$', pathNot: TESTS },
      to: { path: '\\.(entity|repository)\\.ts$' },
    },
    {
      name: 'entities-are-private',
      severity: 'error',
      comment: 'A row is seen by its own repository, the database folder and the service definition alone.',
      from: {
        path: '^apps/',
        pathNot: [
          '\\.repository\\.ts$',
          '/database/',
          '\\.definition\\.ts$',
          '\\.entity\\.ts$',
          '\\.spec\\.ts$',
          '/test/',
        ],
      },
      to: { path: '\\.entity\\.ts$' },
    },
    {
      name: 'kafkajs-in-one-file',
      severity: 'error',
      comment: 'A swap of the Kafka client must stay a change of one file.',
      from: { pathNot: '^libs/messaging/src/kafka/kafka-client\\.ts$' },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'tests-stay-out-of-production',
      severity: 'error',
      comment: 'Production code never imports test support.',
      from: { path: '^(apps|libs)/', pathNot: ['\\.spec\\.ts$', '/test/', '^libs/testing/'] },
      to: { path: ['^libs/testing/', '\\.spec\\.ts$', '/test/'] },
    },
    {
      name: 'no-unlisted-dependency',
      severity: 'error',
      comment: 'Third-party packages are declared in the root package.json.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.hetao)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@hetao/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
