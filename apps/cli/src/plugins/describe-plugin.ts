import { escapeControl, plural } from '@gump/errors'

import type { Fingerprint, PluginPackage } from './fingerprint.js'
import type { PluginState } from './plugin-state.js'

const shownFiles = 40

/** How a plugin stands, in words. */
export function standingWords(state: PluginState): string {
  switch (state.standing) {
    case 'own':
      return 'your own, loaded from where it is'
    case 'trusted':
      return `trusted since ${state.consent?.given.slice(0, 10)}`
    case 'changed':
      return 'changed since you consented: not loaded'
    case 'untrusted':
      return 'waits for your consent: not loaded'
    case 'broken':
      return state.error.message
  }
}

/** What a plugin is: where, which files, what has changed, and the hash that consent is about. */
export function describePlugin(state: Exclude<PluginState, { readonly standing: 'broken' }>): string {
  const { listed, place } = state
  const head = [
    `Plugin  ${escapeControl(listed.name)}`,
    `Listed  ${escapeControl(listed.where)}`,
    `Folder  ${escapeControl(place.folder)}`,
    `Import  ${escapeControl(place.entry)}`,
  ]
  if (state.standing === 'own') return `${[...head, '', standingWords(state)].join('\n')}.\n`
  const [own, ...others] = state.fingerprint.packages
  return `${[
    ...head,
    `Hash    ${state.fingerprint.hash}`,
    '',
    ...(own === undefined ? [] : filesOf(own)),
    ...(others.length === 0 ? [] : ['', 'It depends on']),
    ...others.map((one) => `  ${escapeControl(one.name)}  ${sizeOf(one)}  ${escapeControl(one.folder)}`),
    ...changesOf(state),
    '',
  ].join('\n')}`
}

function filesOf(own: PluginPackage): readonly string[] {
  const shown = own.files.slice(0, shownFiles)
  const width = Math.max(0, ...shown.map(({ bytes }) => String(bytes).length))
  const more = own.files.length - shown.length
  return [
    `${sizeOf(own)}:`,
    ...shown.map(
      ({ path, bytes, sha256 }) =>
        `  ${sha256.slice(0, 12)}  ${String(bytes).padStart(width)}  ${escapeControl(path)}`,
    ),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ]
}

function sizeOf({ files }: PluginPackage): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return `${plural(files.length, 'file')}, ${bytes} bytes`
}

function changesOf(state: PluginState): readonly string[] {
  if (state.standing !== 'changed' || state.consent === undefined) return []
  const before = state.consent.files
  const now = fileHashes(state.fingerprint)
  const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted().flatMap((path) => {
    if (before[path] === now[path]) return []
    const mark = before[path] === undefined ? '+' : now[path] === undefined ? '-' : '~'
    return [`  ${mark} ${escapeControl(path)}`]
  })
  return ['', 'Changed since you consented', ...changed.slice(0, shownFiles * 2)]
}

/** Hash of each file by package and path. */
export function fileHashes({ packages }: Fingerprint): Readonly<Record<string, string>> {
  return Object.fromEntries(
    packages.flatMap(({ name, files }, index) =>
      files.map(({ path, sha256 }) => [`${index === 0 ? '' : `${name}: `}${path}`, sha256]),
    ),
  )
}

/** A plugin for programs. */
export function pluginJson(state: PluginState): Readonly<Record<string, unknown>> {
  const { listed, standing } = state
  const base = { plugin: listed.name, standing, from: listed.where }
  if (state.standing === 'broken') return { ...base, problem: state.error.message }
  const { folder, entry } = state.place
  if (state.standing === 'own') return { ...base, folder, entry }
  const { hash, packages } = state.fingerprint
  return {
    ...base,
    folder,
    entry,
    hash,
    consented: state.consent === undefined ? null : { hash: state.consent.hash, given: state.consent.given },
    packages: packages.map(({ name, folder: at, files }) => ({ name, folder: at, files })),
  }
}
