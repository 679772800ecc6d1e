import { closest } from '@gump/errors'
import type { GateArgument, GateSpec, WorkflowCall } from '../ir.js'
import type { Span, YamlMap, YamlNode } from '../yaml/tree.js'
import { quote } from '../read/describe.js'
import { readDuration } from '../read/duration.js'
import { readChoice, readString, wrongKind } from '../read/scalars.js'
import type { ParseContext } from './context.js'
import { defaultGateName, distinctNames, type NamedGate } from './gate-names.js'
import { readGateArgument } from './gate-argument.js'
import { mayBePlugin, reportUnknown } from './plugin-names.js'
import { splitShorthand } from './shorthand.js'
import { readCall } from './workflow-call.js'

const expected = 'a list such as [compile, test]'
const besideKeys = new Set(['name', 'timeout', 'when', 'with'])

/** `gate`: a list of names, `"touched: src/**"` strings and mappings. */
export function readGates(cx: ParseContext, node: YamlNode): readonly GateSpec[] {
  if (node.kind !== 'seq') {
    const word = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : null
    cx.problems.report('GUMP-W012', node, 'gate must be a list', {
      expected,
      suggestion: word === null ? undefined : `[${word}]`,
    })
    return []
  }
  if (node.items.length === 0) {
    cx.problems.report('GUMP-W016', node, 'gate is empty', { expected })
    return []
  }
  return distinctNames(
    cx,
    node.items.map((item) => readGate(cx, item)).filter((gate) => gate !== null),
  )
}

function readGate(cx: ParseContext, node: YamlNode): NamedGate | null {
  if (node.kind === 'map') return readGateMap(cx, node)
  const text = readString(cx, node, 'a gate', 'the name of a gate')
  if (text === null || node.kind !== 'scalar') return null
  const split = splitShorthand(node, text)
  if (split === null) return buildGate(cx, { key: text.trim(), at: node, value: undefined })
  return buildGate(cx, { key: split.word, at: node, value: split.rest })
}

function readGateMap(cx: ParseContext, node: YamlMap): NamedGate | null {
  const names = gateNames(cx)
  const heads = node.entries.filter((entry) => names.includes(entry.key))
  // `validate` takes its inputs beside it, and an input may be called like a gate.
  const first = node.entries.find((entry) => !besideKeys.has(entry.key))
  const head = heads.find((entry) => entry.key === 'validate') ?? heads[0] ?? first
  if (head === undefined) return wrongKind(cx, node, 'a gate', 'a gate such as bash: COMMAND')
  if (heads.length === 0 && !mayBePlugin(cx, head.key)) return unknownGate(cx, head.key, head.at)
  const inputs = node.entries.filter((entry) => entry !== head && !besideKeys.has(entry.key))
  if (head.key !== 'validate') {
    for (const extra of inputs) {
      const second = names.includes(extra.key)
      cx.problems.report(
        second ? 'GUMP-W033' : 'GUMP-W010',
        extra.at,
        second
          ? `${quote(extra.key)} is a second gate in one entry`
          : `unknown key ${quote(extra.key)} in a gate`,
        {
          expected: second ? 'one entry per gate' : 'name, timeout',
          suggestion: second ? undefined : closest(extra.key, ['name', 'timeout']),
        },
      )
    }
  }
  const given = node.entries.find((entry) => entry.key === 'with')
  if (given !== undefined && head.key !== 'validate') {
    cx.problems.report('GUMP-W027', given.at, `with belongs to a workflow; ${head.key} calls none`)
  }
  const name = node.entries.find((entry) => entry.key === 'name')
  const timeout = node.entries.find((entry) => entry.key === 'timeout')
  const explicit = name === undefined ? null : readGateName(cx, name.value)
  const timeoutMs = timeout === undefined ? null : readDuration(cx, timeout.value, 'timeout')
  const when = readWhen(cx, node, head.key)
  const call = head.key === 'validate' ? readCall(cx, head.value, given?.value, inputs) : undefined
  const built = buildGate(cx, head, call)
  if (built === null) return null
  return {
    ...built,
    ...(explicit === null ? {} : { explicit }),
    spec: {
      ...built.spec,
      ...(explicit === null ? {} : { name: explicit }),
      ...(timeoutMs === null ? {} : { timeoutMs }),
      ...(when === null ? {} : { when }),
    },
  }
}

/** A validator can wait for the other gates; for them it would say nothing. */
function readWhen(cx: ParseContext, node: YamlMap, gate: string): 'others_pass' | null {
  const entry = node.entries.find(({ key }) => key === 'when')
  if (entry === undefined) return null
  if (gate === 'validate') return readChoice(cx, entry.value, 'when', ['others_pass'])
  cx.problems.report('GUMP-W033', entry.at, `when belongs to validate; ${gate} always runs`, {
    expected: 'when: others_pass beside validate',
  })
  return null
}

/** The key of a gate's entry, where it is, and its value. */
interface GateHead {
  readonly key: string
  readonly at: Span
  readonly value: YamlNode | undefined
}

function buildGate(
  cx: ParseContext,
  { key: gate, at, value }: GateHead,
  called?: WorkflowCall | null,
): NamedGate | null {
  const range = cx.source.range(at)
  if (gate === 'validate') {
    if (value === undefined) {
      cx.problems.report('GUMP-W033', at, 'validate needs a workflow', {
        expected: 'validate: validators/arch-review',
      })
      return null
    }
    const call = called === undefined ? readCall(cx, value, undefined) : called
    return call === null ? null : { at, spec: { name: defaultGateName(gate, call), gate, call, range } }
  }
  const known = cx.vocabulary.gates.find((candidate) => candidate.name === gate)
  if (known === undefined) return pluginGate(cx, gate, at, value)
  const argument: GateArgument | null | undefined = readGateArgument(cx, known, at, value)
  if (argument === null) return null
  return { at, spec: { name: gate, gate, ...(argument === undefined ? {} : { argument }), range } }
}

function readGateName(cx: ParseContext, node: YamlNode): string | null {
  const name = readString(cx, node, 'name', 'a name for the result of the gate')
  if (name === null) return null
  if (/^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/.test(name)) return name
  cx.problems.report('GUMP-W033', node, `${quote(name)} is not a name for a gate`, {
    expected: 'at most 64 letters, digits, "_" and "-"',
  })
  return null
}

function unknownGate(cx: ParseContext, name: string, at: Span): null {
  reportUnknown(cx, { what: 'gate', name, at }, gateNames(cx))
  return null
}

/** A gate that only a plugin can bring: kept as it is written while the plugins are not loaded. */
function pluginGate(cx: ParseContext, gate: string, at: Span, value: YamlNode | undefined): NamedGate | null {
  unknownGate(cx, gate, at)
  if (!mayBePlugin(cx, gate)) return null
  const absent = value === undefined || (value.kind === 'scalar' && value.value === null)
  const argument = absent ? undefined : readPluginArgument(cx, gate, at, value)
  if (argument === null) return null
  return {
    at,
    spec: { name: gate, gate, ...(argument === undefined ? {} : { argument }), range: cx.source.range(at) },
  }
}

function readPluginArgument(
  cx: ParseContext,
  gate: string,
  at: Span,
  value: YamlNode,
): GateArgument | null | undefined {
  if (value.kind === 'scalar' && typeof value.value === 'number') return value.value
  return readGateArgument(cx, { name: gate, argument: 'globs' }, at, value)
}

function gateNames(cx: ParseContext): readonly string[] {
  return [...cx.vocabulary.gates.map((gate) => gate.name), 'validate']
}
