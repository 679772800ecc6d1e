const sum = 'export const add = (a, b) => a + b\n'
const better = 'export const add = (a, b) => Number(a) + Number(b)\n'
const broken = 'export const add = (a, b) => a - b\n'

/** A project with one module and one test, run by `script`; `test(body)` is the text of its test file. */
function project(
  name,
  { script, packages = {}, programs = ['npm'], file = 'add.test.js', test, lock = {}, more = {}, gates },
) {
  const manifest = {
    name: 'm',
    type: 'module',
    scripts: { test: script, ...more },
    devDependencies: packages,
  }
  return {
    name,
    programs,
    npm: packages,
    gates: gates ?? ['test', 'tests_found'],
    files: {
      'package.json': JSON.stringify(manifest, null, 2),
      '.gitignore': 'node_modules/\n',
      'add.js': sum,
      [file]: test('expected'),
      ...lock,
    },
    good: { 'add.js': better },
    broken: { 'add.js': broken },
    bent: { 'add.js': broken, [file]: test('skipped') },
    outside: { NODE_PATH: '{checkout}:{checkout}/node_modules', NODE_OPTIONS: '' },
  }
}

const nodeTest = (kind) =>
  `import test from 'node:test'\nimport assert from 'node:assert'\nimport { add } from './add.js'\n` +
  `test('adds', ${kind === 'skipped' ? '{ skip: true }, ' : ''}() => assert.equal(add(1, 2), 3))\n`
const expecting = (imports) => (kind) =>
  `${imports}import { add } from './add.js'\ntest${kind === 'skipped' ? '.skip' : ''}('adds', () => expect(add(1, 2)).toBe(3))\n`

export const javascript = [
  project('npm', { script: 'node --test', test: nodeTest }),
  project('pnpm', {
    script: 'pnpm run unit',
    more: { unit: 'node --test' },
    packages: {},
    programs: ['pnpm'],
    test: nodeTest,
    lock: { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n" },
  }),
  project('yarn', {
    script: 'yarn run unit',
    more: { unit: 'node --test' },
    programs: ['yarn'],
    test: nodeTest,
    lock: { 'yarn.lock': '# yarn lockfile v1\n' },
  }),
  project('bun', {
    script: 'bun test',
    programs: ['bun'],
    test: expecting("import { expect, test } from 'bun:test'\n"),
  }),
  project('node:test', { script: 'node --test', test: nodeTest }),
  project('vitest', {
    script: 'vitest run',
    packages: { vitest: '4.1.12' },
    test: expecting("import { expect, test } from 'vitest'\n"),
  }),
  project('jest', {
    script: 'node --experimental-vm-modules node_modules/jest/bin/jest.js',
    packages: { jest: '30.2.0' },
    test: expecting("import { expect, test } from '@jest/globals'\n"),
    gates: ['test'],
  }),
  project('mocha', {
    script: "mocha '*.test.js'",
    packages: { mocha: '11.7.5' },
    test: (kind) =>
      `import assert from 'node:assert'\nimport { add } from './add.js'\nit${kind === 'skipped' ? '.skip' : ''}('adds', () => assert.equal(add(1, 2), 3))\n`,
  }),
  project('ava', {
    script: "ava '*.test.js'",
    packages: { ava: '7.0.0' },
    test: (kind) =>
      `import test from 'ava'\nimport { add } from './add.js'\ntest${kind === 'skipped' ? '.skip' : ''}('adds', (t) => t.is(add(1, 2), 3))\n`,
  }),
  {
    ...project('eslint', {
      script: 'node --test',
      more: { lint: 'eslint .' },
      packages: { eslint: '9.39.2' },
      test: nodeTest,
      lock: { 'eslint.config.js': "export default [{ rules: { 'no-dupe-keys': 'error' } }]\n" },
      gates: ['lint', 'test'],
    }),
    broken: { 'add.js': `${sum}export const twice = { a: 1, a: 2 }\n` },
    bent: {
      'add.js': `${sum}export const twice = { a: 1, a: 2 }\n`,
      'eslint.config.js': "export default [{ rules: { 'no-dupe-keys': 'off' } }]\n",
    },
  },
  {
    ...project('prettier', {
      script: 'node --test',
      more: { lint: 'prettier --check add.js' },
      packages: { prettier: '3.7.4' },
      test: nodeTest,
      lock: { '.prettierrc': '{ "semi": false }\n' },
      gates: ['lint', 'test'],
    }),
    broken: { 'add.js': 'export const add   = (a,b) => a+b\n' },
    bent: { 'add.js': 'export const add   = (a,b) => a + b\n', '.prettierignore': 'add.js\n' },
  },
]
