import { createHash } from 'node:crypto'
import { GumpError } from '@gump/errors'
import { compileShape, type Schema } from '@gump/ledger'
import { innerSteps, type Plan } from '@gump/core'
import type { RunInputs } from '../shell/run-inputs.js'

/** What a run was started with, as it is kept in its folder. */
export interface StoredInputs {
  readonly root: string
  readonly inputs: RunInputs
  readonly settings: StoredSettings
  readonly plan: Plan
}

/** Settings that shape what a run does and must be the same when it is resumed. */
export interface StoredSettings {
  readonly gateCommands: Readonly<Record<string, string>>
}

/** What people can do when that is lost. */
export const inputsRemedy =
  'restore the file from a backup, or start the run again; what has passed is on the branch of the run'

const version = 1

/** The version, and a hash of the rest: a resume must do what was started, to the letter. */
export function sealInputs(stored: StoredInputs): string {
  const text = JSON.stringify(stored)
  return `{"v":${version},"sha256":"${sha256(text)}","stored":${text}}\n`
}

/**
 * Reads what {@link sealInputs} has written, and what came before there was a version.
 *
 * @throws GumpError `GUMP-L014`, `GUMP-L008`
 */
export function openInputs(file: string, text: string): StoredInputs {
  const damaged = (why: string): GumpError =>
    new GumpError('GUMP-L014', `${file}, which holds what the run was started with, is damaged: ${why}`, {
      data: { file, why },
      remedy: inputsRemedy,
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw damaged(text.trim() === '' ? 'it is empty' : 'it is not JSON')
  }
  const { v, sha256: hash, stored = value } = isObject(value) ? value : {}
  if (typeof v === 'number' && v > version) {
    throw new GumpError('GUMP-L008', `${file} was written by a newer version of Gump (format ${v})`, {
      data: { file, format: v },
    })
  }
  if (v !== undefined && v !== version) throw damaged('its version makes no sense')
  if (v !== undefined && hash !== sha256(JSON.stringify(stored))) {
    throw damaged('it is not what was written when the run began')
  }
  const misfit = check(stored, () => {})
  if (misfit !== null) throw damaged(`${misfit.field === '' ? 'it' : misfit.field} ${misfit.why}`)
  const inputs = stored as StoredInputs
  const why = whyNoPlan(inputs.plan)
  if (why !== null) throw damaged(why)
  return inputs
}

const text: Schema = { type: 'string' }
const name: Schema = { type: 'string', minLength: 1 }

function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', properties, required: Object.keys(properties) }
}
const mapOf = (values: Schema): Schema => ({ type: 'object', additionalProperties: values })
const listOf = (items: Schema): Schema => ({ type: 'array', items })

const step: Schema = object({
  kind: { enum: ['agent', 'gate', 'group', 'workflow'] },
  name,
  range: { type: 'object' },
})

const inputsSchema: Schema = object({
  root: name,
  inputs: object({
    spec: { anyOf: [object({ path: text, text }), { type: 'null' }] },
    sources: mapOf(object({ ref: name, file: text, text, files: mapOf(text) })),
  }),
  settings: object({ gateCommands: mapOf(text) }),
  plan: object({
    root: name,
    workflows: mapOf(
      object({
        name,
        dialect: { enum: ['v3', 'v4'] },
        file: text,
        limits: { type: 'object' },
        steps: listOf(step),
      }),
    ),
  }),
})

const check = compileShape(inputsSchema)
const checkStep = compileShape(step)

/** What the schema cannot say: the workflow that runs is there, and steps are steps as deep as they go. */
function whyNoPlan({ root, workflows }: Plan): string | null {
  const main = Object.hasOwn(workflows, root) ? workflows[root] : undefined
  if (main === undefined) return 'the workflow that runs is missing'
  const pending: unknown[] = Object.values(workflows).flatMap(({ steps }) => steps)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const misfit = checkStep(next, () => {})
    if (misfit !== null) return `a step’s ${misfit.field} ${misfit.why}`
    const inner: unknown = innerSteps(next as Parameters<typeof innerSteps>[0])
    if (!Array.isArray(inner)) return 'the steps of a group are missing'
    pending.push(...inner)
  }
  return null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}
