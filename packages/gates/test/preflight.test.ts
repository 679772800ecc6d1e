import { describe, expect, it } from 'vitest'
import { createCommandResolver, examineCommand, type AbsentProgram } from '../src/index.js'
import { simpleCommands } from '../src/commands/simple-commands.js'
import { neededPrograms } from '../src/preflight/needed-programs.js'
import { couldNotRun } from '../src/verdicts/could-not-run.js'
import { packageJson, project } from './project.js'

type Files = Readonly<Record<string, string>>

async function needed(files: Files, command: string): Promise<string[]> {
  return (await neededPrograms(project(files), command)).map(({ name, via }) => [...via, name].join(' → '))
}

async function absent(
  files: Files,
  alias: string,
  { has = [] as readonly string[], installed = {} as Files, setUp = true } = {},
): Promise<AbsentProgram[]> {
  const command = await createCommandResolver({ files: project(files) }).resolve(alias)
  if (command.status === 'unresolved') throw new Error(command.because)
  return examineCommand(command, {
    files: project(files),
    installed: project(installed),
    findProgram: (name) => (has.includes(name) ? `/usr/bin/${name}` : null),
    setUp,
  })
}

describe('simpleCommands', () => {
  it.each([
    ['a && b || c; d | e & f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    [`a "b && c" 'd; e' f\\ g`, [['a', 'b && c', 'd; e', 'f g']]],
    ['X=1 Y="2 3" a b', [['a', 'b']]],
    ['(a; b) && { c; }', [['a'], ['b'], ['c']]],
    ['if a; then b; else c; fi', [['a'], ['b'], ['c']]],
    ['a >out 2>&1 <in | b', [['a'], ['b']]],
    ['a $(b && c) `d; e` ${x:-y}', [['a', '$(b && c)', '`d; e`', '${x:-y}']]],
    ['a # b && c\nd', [['a'], ['d']]],
    ['a \\\n b', [['a', 'b']]],
    ['', []],
    [`a 'unclosed && b`, [['a', 'unclosed && b']]],
    ['case $x in a | b) c ;; (2) d ;; *) e ;; esac', [['c'], ['d'], ['e']]],
    ['cat <<END && b\nhello world\nEND\nc', [['cat'], ['b'], ['c']]],
    ['x=(a b); (( i < 3 )); [[ $x =~ ^(a|b)$ && -n c ]] || d', [['d']]],
    ['for f in a b; do c "$f"; done; while d; do e; done', [['c', '$f'], ['d'], ['e']]],
    ['f() { a; }; function g { b; }; f', [['a'], ['b'], ['f']]],
    ['time -p a; ! b; exec c; env -i X=1 d; sudo -E e', [['a'], ['b'], ['c'], ['d'], ['e']]],
    ['a > >(tee log) 2>&1; b {1..3} <<<c', [['a'], ['b', '{1..3}']]],
  ])('finds the commands of %j', (text, words) => {
    const found = simpleCommands(text).filter((command) => command.words.length > 0)
    expect(found.map((command) => command.words)).toEqual(words)
    for (const { text: part, start, end } of found) expect(text.slice(start, end)).toBe(part)
  })

  it.each([
    ['a && b | c', ['a', 'b', 'c']],
    ['a; b', ['b']],
    ['set -euo pipefail; a; b', ['a', 'b']],
    ['set -o errexit\na\nb', ['a', 'b']],
    ['a || b && c', ['c']],
    ['a && b || c', []],
    ['if a; then b; else c; fi && d', ['d']],
    ['! a', []],
    ['a & b', ['b']],
    ['(a; b) && { c; }', ['b', 'c']],
    ['f() { a; }; f', ['f']],
    ['a && (b', []],
  ])('knows what %j cannot succeed without', (text, required) => {
    const names = simpleCommands(text).flatMap(({ words, isRequired }) => (isRequired ? [words[0]] : []))
    expect(names).toEqual(required)
  })

  it('reads long and deeply nested text', () => {
    expect(simpleCommands('a && '.repeat(20_000)).length).toBeGreaterThan(19_000)
    expect(() => simpleCommands('('.repeat(50_000))).not.toThrow()
    expect(() => simpleCommands('$('.repeat(50_000))).not.toThrow()
    expect(() => simpleCommands('if '.repeat(20_000))).not.toThrow()
  })
})

describe('neededPrograms', () => {
  it('follows scripts, rules, recipes and shell scripts', async () => {
    const files = {
      'package.json': packageJson({
        pretest: 'node build.js',
        test: 'npm run unit && cross-env A=1 bun test',
        unit: 'vitest run',
      }),
      Makefile:
        'GO ?= go\nLINTER = golangci-lint\nlint: tools\n\t@$(LINTER) run\n\t$(GO) vet ./...\ntools:\n\t./ci/x.sh\n',
      'ci/x.sh': '#!/usr/bin/env bash\nset -e\nfunction helper() { docker ps; }\nhelper\nshellcheck "$1"\n',
      justfile: 'test: build\n  @cargo nextest run\nbuild:\n  cc\n',
    }
    expect(await needed(files, 'npm test')).toEqual([
      'npm',
      'npm test → node',
      'npm test → npm run unit → vitest',
      'npm test → cross-env',
      'npm test → bun',
    ])
    expect(await needed(files, 'make lint')).toEqual([
      'make',
      'make lint → golangci-lint',
      'make lint → go',
      'make lint → ./ci/x.sh → docker',
      'make lint → ./ci/x.sh → shellcheck',
    ])
    expect(await needed(files, 'just test')).toEqual(['just', 'just test → cargo'])
    expect(await needed(files, 'cd nowhere && $TOOL x; "$DIR/tool" y; ./absent')).toEqual([])
  })

  it.each([
    'case $? in 1 | 2) true ;; *) false ;; esac',
    'f() { :; }; g() { f; }; g',
    'function helper { :; }\nhelper',
    'cat <<END\nabsent text\nEND',
    'command -v absent >/dev/null && absent || true',
    'if which absent; then absent; fi',
    'timeout -s KILL 5 absent',
    'env -u NAME absent',
    'xargs -a list absent',
    'files=(absent others); [ -n "$files" ]',
    './absent',
  ])('is certain of nothing absent in %j', async (command) => {
    const present = new Set(['cat', 'timeout', 'xargs'])
    const found = await neededPrograms(project({}), command)
    expect(found.filter(({ name, isRequired }) => isRequired && !present.has(name))).toEqual([])
  })

  it.each([
    ['pip install -e . && absent'],
    ['. ./env.sh && absent'],
    ['export PATH="$PWD/tools:$PATH" && absent'],
    ['PATH=tools:$PATH absent'],
    ['absent || true'],
    ['absent; true'],
    ['go install example.com/absent@latest && absent'],
    ['if true; then absent; fi'],
    ['make -f'],
  ])('may do without what is absent in %j', async (command) => {
    const found = await neededPrograms(project({}), command)
    expect(found.find(({ name }) => name === 'absent')?.isRequired ?? false).toBe(false)
  })

  it('takes what a Makefile does under a condition, or whatever comes of it, as possible', async () => {
    const certain = async (makefile: string): Promise<string[]> =>
      (await neededPrograms(project({ Makefile: makefile }), 'make test'))
        .filter(({ isRequired }) => isRequired)
        .map(({ name }) => name)
    expect(await certain('test:\n\tone\n\t-two\n\t@three\n')).toEqual(['make', 'one', 'three'])
    expect(await certain('test:\nifdef CI\n\tone\nelse\n\ttwo\nendif\n')).toEqual(['make'])
  })

  it('ends with scripts that call one another', async () => {
    const files = {
      'package.json': packageJson({ a: 'npm run b', b: 'npm run a && tsc' }),
      'x.sh': '#!/bin/sh\nsh x.sh\n',
    }
    expect(await needed(files, 'npm run a')).toEqual(['npm', 'npm run a → npm run b → tsc'])
    expect(await needed(files, 'sh x.sh')).toEqual(['sh'])
  })
})

describe('examineCommand', () => {
  const bun = { 'package.json': packageJson({ test: 'bun test' }) }

  it('names what is missing behind a script', async () => {
    expect(await absent(bun, 'test', { has: ['npm'] })).toEqual([
      { name: 'bun', via: 'npm test', fromSetup: false, isRequired: true },
    ])
    expect(await absent(bun, 'test', { has: ['npm', 'bun'] })).toEqual([])
    const linted = { 'a.sh': '', Makefile: 'lint:\n\tgolangci-lint run\n' }
    expect(await absent(linted, 'lint', { has: ['make'] })).toEqual([
      { name: 'golangci-lint', via: 'make lint', fromSetup: false, isRequired: true },
    ])
  })

  it('tells what the set-up will bring from what nothing brings', async () => {
    const files = {
      'package.json': packageJson({ test: 'vitest run' }, { devDependencies: { vitest: '4' } }),
    }
    const [vitest] = await absent(files, 'test', { has: ['npm'] })
    expect(vitest).toMatchObject({ name: 'vitest', fromSetup: true })
    expect(await absent(files, 'test', { has: ['npm'], setUp: false })).toMatchObject([{ fromSetup: false }])
    expect(
      await absent(files, 'test', { has: ['npm'], installed: { 'node_modules/.bin/vitest': '' } }),
    ).toEqual([])
  })
})

describe('couldNotRun', () => {
  it.each([
    [127, 'bash: line 1: nope: command not found', 'nope'],
    [127, 'sh: 1: bun: not found', 'bun'],
    [127, '', null],
    [126, 'bash: line 1: ./x: Permission denied', './x'],
    [
      2,
      'make: golangci-lint: No such file or directory\nmake: *** [Makefile:2: lint] Error 127',
      'golangci-lint',
    ],
    [1, '/usr/bin/python3: No module named pytest', 'pytest'],
    [1, ' ELIFECYCLE  Command failed with exit code 127.', null],
  ])('is what exit %i with %j means', (exitCode, output, program) => {
    expect(couldNotRun({ exitCode, output, timedOut: false })).toMatchObject({ program })
  })

  it.each([
    [0, 'bash: line 1: nope: command not found'],
    [1, 'expected exit code 127, got 0'],
    [1, "ModuleNotFoundError: No module named 'pytest'"],
    [2, 'make: *** [Makefile:2: test] Error 1'],
  ])('is not what exit %i with %j means', (exitCode, output) => {
    expect(couldNotRun({ exitCode, output, timedOut: false })).toBeNull()
  })
})
