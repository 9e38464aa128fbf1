import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The one place that may read the environment, and the one that may import the Kafka client: see docs/architecture.md. */
const READS_ENVIRONMENT = ['libs/runtime/src/config/environment.ts'];
const IMPORTS_KAFKAJS = ['libs/messaging/src/kafka/kafka-client.ts'];
const TESTS = ['**/*.spec.ts', '**/test/**/*.ts', 'libs/testing/**/*.ts'];

const domainFiles = {
  files: ['apps/*/src/**/*.ts'],
  // The portal's rules get their time from the browser.
  ignores: ['**/*.*.ts', '**/index.ts', '**/main.ts', '**/database/**', 'apps/portal/**'],
};

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only libs/runtime/src/config/environment.ts reads the environment; take the value from the config.',
};

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/node_modules/**', '.hetao/**', '.nx/**', 'coverage/**', 'libs/client/src/generated/**'],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    // Text alone: the rules that ask the type checker are in .oxlintrc.types.json.
    extends: [...tseslint.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true, IIFEs: true }],
      'max-params': ['error', 4],
      'no-restricted-syntax': ['error', noEnvironment],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'kafkajs', message: 'kafkajs is imported in libs/messaging/src/kafka/kafka-client.ts alone.' },
          ],
        },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: READS_ENVIRONMENT, rules: { 'no-restricted-syntax': 'off' } },
  { files: IMPORTS_KAFKAJS, rules: { 'no-restricted-imports': 'off' } },
  { files: ['tools/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' } },
  {
    // Specs: one `describe` may hold a whole story.
    files: TESTS,
    rules: {
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    ...domainFiles,
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'Time enters a rule as data; the Clock is read in the use case.' },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        performance: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
        document: 'readonly',
        window: 'readonly',
        localStorage: 'readonly',
        EventSource: 'readonly',
        navigator: 'readonly',
        crypto: 'readonly',
        Intl: 'readonly',
      },
    },
  },
);
