import { expect, it } from 'vitest'

import { commandWords } from '../../build/command-words.js'
import { COMMANDS } from '../../src/commands.js'
import { readLine } from '../../src/complete/read-line.js'
import { situationOf } from '../../src/complete/situation.js'
import { kindOfArgument, kindOfFlag } from '../../src/complete/value-kind.js'

const commands = commandWords(COMMANDS)

function at(line: string) {
  return situationOf(commands, readLine(line).slice(1))
}

it('knows what every argument and the value of every flag is', () => {
  const unknown = commands.flatMap(({ words, arguments: given, flags }) => [
    ...given.filter((one) => kindOfArgument(one) === undefined).map(({ name }) => [...words, name]),
    ...flags
      .filter((one) => one.options === undefined && kindOfFlag(one) === undefined)
      .map(({ name }) => [...words, `--${name}`]),
  ])
  expect(unknown).toEqual([])
})

it.each([
  ['gump run ', 'workflows or files', ''],
  ['gump run tdd ', 'files', ''],
  ['gump run tdd --agent cl', 'agents', 'cl'],
  ['gump run tdd --agent=cl', 'agents', 'cl'],
  ['gump run --spec "my spec.md" t', 'workflows or files', 't'],
  ['gump run -w ', 'workflows', ''],
  ['gump run --resume --run ', 'runs', ''],
  ['gump run --set a=b ', 'workflows or files', ''],
  ['gump report ', 'runs', ''],
  ['gump report latest --detail ', 'steps', ''],
  ['gump logs latest im', 'steps', 'im'],
  ['gump config set ', 'keys', ''],
  ['gump config set sandbox.mode ', 'values', ''],
  ['gump config set --user sandbox.mode st', 'values', 'st'],
  ['gump playbook validate one tw', 'workflows or files', 'tw'],
  ['gump run --quiet -- --', 'workflows or files', '--'],
  ['gump nonsense ', 'free', ''],
])('%s| is for %s', (line, kind, prefix) => {
  expect(at(line)).toMatchObject({ kind, prefix })
})

it.each([
  ['gump ', ['run', 'report', 'config', 'help', '--version']],
  ['gump play', ['playbook']],
  ['gump playbook ', ['list', 'show', 'validate', 'migrate']],
  ['gump playbook list --', ['--json', '--help']],
  ['gump run --', ['--agent', '--park', '--no-park', '--help']],
  ['gump run --sandbox ', ['auto', 'require', 'strict', 'off']],
  ['gump completion ', ['bash', 'zsh', 'fish']],
])('%s| offers words', (line, words) => {
  expect(at(line).fixed.map(({ word }) => word)).toEqual(expect.arrayContaining(words))
})

it('reads quotes as a shell does', () => {
  expect(readLine(String.raw`gump run 'a b' "c \" d" e\ f `)).toEqual([
    'gump',
    'run',
    'a b',
    'c " d',
    'e f',
    '',
  ])
})
