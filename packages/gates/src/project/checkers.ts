import { simpleCommands } from '../commands/simple-commands.js'

/** Programs that look at sources and run no test: what lists or measures tests does not wait for them. */
const CHECKERS = new Set([
  'attw',
  'biome',
  'commitlint',
  'cspell',
  'dprint',
  'dtslint',
  'eslint',
  'jshint',
  'knip',
  'lockfile-lint',
  'ls-engines',
  'madge',
  'markdownlint',
  'markdownlint-cli2',
  'neostandard',
  'oxlint',
  'prettier',
  'publint',
  'remark',
  'semistandard',
  'size-limit',
  'standard',
  'stylelint',
  'svelte-check',
  'ts-standard',
  'tsd',
  'tstyche',
  'typos',
  'vue-tsc',
  'xo',
])
const LAUNCHERS = new Set([
  'npx',
  'bunx',
  'pnpx',
  'pnpm',
  'yarn',
  'npm',
  'exec',
  'bun',
  'dlx',
  'run',
  'x',
  '--no',
  '--no-install',
  '--',
])

/** True when shell text begins a program that only looks at sources. */
export function isChecker(words: readonly string[]): boolean {
  const rest = words.slice(words.findIndex((word) => !LAUNCHERS.has(word)))
  const program = (rest[0] ?? '').replace(/^.*\//, '').replace(/@[\d^~x.*]+$/, '')
  if (program === 'tsc') return rest.some((word) => /^--noEmit$/i.test(word))
  return CHECKERS.has(program)
}

/** Shell text without its linters, formatters and type checkers; `true` stands where one was. */
export function withoutCheckers(text: string): string {
  let result = text
  for (const { start, end, words } of simpleCommands(text).toReversed()) {
    if (isChecker(words)) result = `${result.slice(0, start)}true${result.slice(end)}`
  }
  return withoutTrue(result)
}

/** Shell text without `true` in its `&&` chains. */
export function withoutTrue(text: string): string {
  let before = ''
  let now = text
  while (before !== now) {
    before = now
    now = now
      .replace(/(^|[(;]\s*|; )true && /g, '$1')
      .replace(/ && true(?=\s*(?:$|[);]))/g, '')
      .replace(/&& true && /g, '&& ')
      .replace(/\(true\)/g, 'true')
  }
  return now
}
