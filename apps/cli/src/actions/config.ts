import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import { GumpError, isSystemError, whileDoing } from '@gump/errors'
import { renderPlainTable } from '@gump/report'

import { requireKey } from '../config/configuration.js'
import { setInToml, tomlValue } from '../config/edit.js'
import { formatKeyPath, parseKeyPath } from '../config/key-path.js'
import { configKeys } from '../config/keys.js'
import type { Setting } from '../config/layer.js'
import { configFiles } from '../config/load.js'
import { retired } from '../config/retired.js'
import { refusalInRepository } from '../config/repository-authority.js'
import { configured } from '../configured.js'
import { type CliContext, tableWidth } from '../context.js'
import { json } from '../display/json.js'
import { exitCodes } from '../exit-codes.js'
import { repositoryRoot } from '../repository.js'
import { usageError } from '../usage-error.js'

/** All values with their sources; keys without a value are listed with what they are for. */
export async function listConfig(context: CliContext, options: { readonly json: boolean }): Promise<number> {
  const { settings } = await configured(context)
  const entries = settings.map(describe)
  if (options.json) {
    context.stdout.write(json(entries))
    return exitCodes.passed
  }
  const unset = configKeys.filter(
    (key) => key.means === undefined && !settings.some((setting) => setting.key === key),
  )
  const rows = entries.map(({ key, value, where }) => [key, tomlValue(value), where])
  context.stdout.write(renderPlainTable([['KEY', 'VALUE', 'FROM'], ...rows], tableWidth(context)))
  context.stdout.write(
    `\nNot set:\n${renderPlainTable(
      unset.map(({ path, summary }) => [`  ${path}`, summary]),
      { ...tableWidth(context), headless: true },
    )}`,
  )
  return exitCodes.passed
}

export async function getConfig(
  context: CliContext,
  options: { readonly key: string; readonly json: boolean },
): Promise<number> {
  const { path } = requireKey(options.key)
  const setting = (await configured(context)).find(...path)
  if (options.json) {
    context.stdout.write(json(setting === undefined ? null : describe(setting)))
    return exitCodes.passed
  }
  if (setting === undefined) {
    context.stderr.write(`${formatKeyPath(path)} is not set.\n`)
    return exitCodes.failed
  }
  const { value } = setting
  context.stdout.write(`${typeof value === 'object' ? value.join('\n') : String(value)}\n`)
  return exitCodes.passed
}

export async function setConfig(
  context: CliContext,
  options: { readonly key: string; readonly value: string; readonly user: boolean },
): Promise<number> {
  const gone = retired(parseKeyPath(options.key) ?? [])
  if (gone !== undefined) {
    context.stderr.write(`${options.key} is ignored: ${gone.why}. Nothing was written.\n`)
    return exitCodes.passed
  }
  const { path, key } = requireKey(options.key)
  const value = key.kind.check(key.kind.fromText(options.value))
  if (value === undefined) {
    throw new GumpError('GUMP-C003', `illegal value for ${formatKeyPath(path)}: ${options.value}`, {
      remedy: `Give ${key.kind.expected}.`,
      data: { key: formatKeyPath(path), value: options.value },
    })
  }
  const files = configFiles({ root: repositoryRoot(context.cwd), home: context.home })
  const refusal = options.user ? null : refusalInRepository(key, formatKeyPath(path), value)
  if (refusal !== null) {
    throw new GumpError('GUMP-C004', refusal.message, {
      remedy: 'Add --user to write it to ~/.gump/config.toml.',
    })
  }
  const file = options.user ? files.user : files.project
  if (file === null)
    throw usageError('there is no repository here; add --user for your own configuration', 'config set')
  const doing = { code: 'GUMP-C008', doing: `changing ${file.name}`, path: file.path } as const
  const before = await whileDoing(doing, () => readFile(file.path, 'utf8').catch(unlessMissing))
  const after = setInToml(before, path, value)
  await whileDoing(doing, async () => {
    await mkdir(dirname(file.path), { recursive: true })
    await writeFile(file.path, after)
  })
  context.stdout.write(`${formatKeyPath(path)} = ${tomlValue(value)}  (${file.name})\n`)
  return exitCodes.passed
}

function unlessMissing(error: unknown): string {
  if (isSystemError(error) && error.code === 'ENOENT') return ''
  throw error
}

function describe(setting: Setting): {
  readonly key: string
  readonly value: Setting['value']
  readonly source: Setting['source']
  readonly where: string
} {
  const { path, value, source, where } = setting
  return { key: formatKeyPath(path), value, source, where }
}
