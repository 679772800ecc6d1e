import { type AndOr, type Command, parse, type PipelineNode, type Statement } from 'unbash'

/** One simple command of shell text: a program and its arguments. */
export interface SimpleCommand {
  /** As it stands in the text, with the assignments before it. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** Its words without quotes; assignments and words like `env` before the program are left out. Nothing is expanded. */
  readonly words: readonly string[]
  /** Assignments that it is started with, `NAME=value`. */
  readonly assigned: readonly string[]
  /**
   * The text cannot succeed unless this command does: it is in no branch, loop, function or background, is not rescued
   * by `||` or `!`, and is not followed by a command whose result counts instead.
   */
  readonly isRequired: boolean
}

/** What shell text consists of, as far as it can be read. */
export interface ShellText {
  readonly commands: readonly SimpleCommand[]
  /** Names of the functions that it defines. */
  readonly functions: ReadonlySet<string>
}

/**
 * The simple commands of shell text, in order; those inside substitutions are left out. Of malformed text it finds what
 * it can, and requires nothing.
 *
 * @example
 * ```ts
 * simpleCommands('cd app && npm test | tee log').map(({ words }) => words)
 * // [['cd', 'app'], ['npm', 'test'], ['tee', 'log']]
 * ```
 */
export function simpleCommands(text: string): readonly SimpleCommand[] {
  return readShellText(text).commands
}

/** {@link simpleCommands}, with the functions that the text defines. */
export function readShellText(text: string): ShellText {
  const script = parse(text)
  const found: Found = { text, commands: [], functions: new Set() }
  visitList(found, script.commands, (script.errors ?? []).length === 0)
  return found
}

interface Found {
  readonly text: string
  readonly commands: SimpleCommand[]
  readonly functions: Set<string>
}

/** Without `set -e` the result of a list is that of its last command. */
function visitList(found: Found, statements: readonly Statement[], isRequired: boolean): void {
  let stopsAtFailure = false
  statements.forEach(({ command, background }, at) => {
    const counts = stopsAtFailure || at === statements.length - 1
    visit(found, command, isRequired && counts && background !== true)
    if (command.type === 'Command' && setsStopAtFailure(command)) stopsAtFailure = true
  })
}

function setsStopAtFailure({ name, args }: Command): boolean {
  return (
    name?.value === 'set' &&
    args.some(
      ({ text }, at) => /^-\w*e\w*$/.test(text) || (text === 'errexit' && args[at - 1]?.text === '-o'),
    )
  )
}

function visit(found: Found, node: PipelineNode | AndOr, isRequired: boolean): void {
  switch (node.type) {
    case 'Command':
      return add(found, node, isRequired)
    case 'AndOr': {
      const rescue = node.operators.lastIndexOf('||')
      return node.commands.forEach((each, at) =>
        visit(found, each, isRequired && at > rescue + (rescue === -1 ? 0 : 1)),
      )
    }
    case 'Pipeline': {
      const isNegated = node.prefixes.some(({ type }) => type === 'Negation')
      return node.commands.forEach((each) => visit(found, each, isRequired && !isNegated))
    }
    case 'Subshell':
    case 'BraceGroup':
      return visitList(found, node.body.commands, isRequired)
    case 'Redirected':
      return visit(found, node.command, isRequired)
    case 'If':
      for (const { clause, then } of [node, ...node.elif]) {
        visitList(found, clause.commands, false)
        visitList(found, then.commands, false)
      }
      return visitList(found, node.else?.commands ?? [], false)
    case 'While':
      visitList(found, node.clause.commands, false)
      return visitList(found, node.body.commands, false)
    case 'For':
    case 'Select':
    case 'ArithmeticFor':
      return visitList(found, node.body.commands, false)
    case 'Case':
      return node.items.forEach(({ body }) => visitList(found, body.commands, false))
    case 'Function':
      found.functions.add(node.name.value)
      return visitBody(found, node.body)
    case 'Coproc':
      return visitBody(found, node.body)
    case 'TestCommand':
    case 'ArithmeticCommand':
  }
}

function visitBody(
  found: Found,
  body: PipelineNode | { readonly type: 'CompoundList'; readonly commands: readonly Statement[] },
): void {
  if (body.type === 'CompoundList') visitList(found, body.commands, false)
  else visit(found, body, false)
}

function add(
  { text, commands }: Found,
  { pos, end, name, prefix, args }: Command,
  isRequired: boolean,
): void {
  const assigned = prefix.flatMap((each) => (each.type === 'Assignment' ? [each.text] : []))
  const all = [
    ...(name === undefined ? [] : [name.value]),
    ...args.map((each) => (each.type === 'Word' ? each.value : each.text)),
  ]
  const words = programWords(all)
  if (words.length === 0 && assigned.length === 0) return
  commands.push({ text: text.slice(pos, end), start: pos, end, words, assigned, isRequired })
}

/** Words behind which the program to start follows. */
const BEFORE_PROGRAM = /^(?:exec|command|env|nohup|sudo)$/
/** Options of those words that take no value. */
const FLAGS = /^(?:-|-[EHniSb0]|--preserve-env|--ignore-environment|--)$/

function programWords(words: readonly string[]): readonly string[] {
  let at = 0
  while (BEFORE_PROGRAM.test(words[at] ?? '')) {
    at += 1
    while (FLAGS.test(words[at] ?? '') || /^[A-Za-z_]\w*=/.test(words[at] ?? '')) at += 1
  }
  return words.slice(at)
}
