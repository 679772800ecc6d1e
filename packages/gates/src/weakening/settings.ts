import type { Settings } from './setting-values.js'
import { parse as parseYaml } from 'yaml'
import { parseJson, parseToml } from '../project/parse-config.js'
import { keyedValues } from './keyed-values.js'

/** Files that say what runners, linters, compilers and coverage tools demand. */
const SETTINGS: readonly RegExp[] = [
  /(?:^|\/)(?:vitest|vite|jest|playwright|karma|ava|cypress|wdio)\.(?:config|conf|workspace)\.(?:[cm]?[jt]s|json)$/,
  /(?:^|\/)(?:vitest|jest)\.[\w.-]*config[\w.-]*\.(?:[cm]?[jt]s|json)$/,
  /(?:^|\/)\.?(?:mocharc|c8rc|nycrc|taprc|babelrc|xo-config|eslintrc|oxlintrc|stylelintrc|prettierrc)(?:\.(?:[cm]?js|json|jsonc|ya?ml))?$/,
  /(?:^|\/)(?:eslint|nyc|biome|ava|stylelint)\.config\.[cm]?[jt]s$/,
  /(?:^|\/)(?:biome|deno|knip)\.jsonc?$/,
  /(?:^|\/)tsconfig[\w.-]*\.json$/,
  /(?:^|\/)\.(?:eslint|prettier|stylelint)ignore$/,
  /(?:^|\/)(?:package|composer)\.json$/,
  /(?:^|\/)(?:pyproject|ruff|\.ruff|pytest|bunfig|Cargo|clippy|\.clippy|nextest|tarpaulin|codecov)\.toml$/,
  /(?:^|\/)(?:setup\.cfg|tox\.ini|pytest\.ini|\.pytest\.ini|\.coveragerc|mypy\.ini|\.mypy\.ini|\.flake8|\.pylintrc|pylintrc|phpunit\.xml(?:\.dist)?|psalm\.xml|phpstan\.neon(?:\.dist)?|\.rspec|\.rubocop(?:_todo)?\.ya?ml|\.golangci\.ya?ml|\.?codecov\.ya?ml|\.simplecov|\.clang-tidy|noxfile\.py|checkstyle\.xml|pmd\.xml|spotbugs-exclude\.xml)$/,
]

/**
 * True for a file that configures a test runner, linter, compiler or coverage tool.
 *
 * @param path - relative to the repository, with `/`
 */
export function isSettingsFile(path: string): boolean {
  return SETTINGS.some((pattern) => pattern.test(path))
}

/** Reads settings as far as their format can be read; an unreadable file has none. */
export function readSettings(path: string, text: string | null): Settings {
  if (text === null) return new Map()
  if (path.endsWith('.toml')) return flatten(parseToml(text))
  if (/\.ya?ml$|\.neon(?:\.dist)?$/.test(path)) return flatten(yamlOf(text))
  if (path.endsWith('ignore')) return new Map([['ignore', contentLines(text)]])
  if (path.endsWith('.rspec')) return new Map([['options', contentLines(text)]])
  if (/\.(?:ini|cfg)$|rc$|\.flake8$/.test(path)) {
    const json = parseJson(text)
    if (json !== null) return flatten(json)
    const yaml = /^\s*[\w-]+:\s/m.test(text) ? flatten(yamlOf(text)) : new Map<string, readonly string[]>()
    return yaml.size > 0 ? yaml : iniOf(text)
  }
  if (/\.xml(?:\.dist)?$/.test(path)) return xmlOf(text)
  const json = /\.jsonc?$/.test(path) ? parseJson(text) : null
  return json === null ? keyedValues(text) : flatten(json)
}

function yamlOf(text: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 100 })
  } catch {
    return null
  }
}

function contentLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

function flatten(value: unknown): Settings {
  const found = new Map<string, string[]>()
  const walk = (current: unknown, path: string, depth: number): void => {
    if (depth > 20) return
    if (Array.isArray(current)) for (const item of current) walk(item, path, depth + 1)
    else if (typeof current === 'object' && current !== null)
      for (const [key, inner] of Object.entries(current))
        walk(inner, path === '' ? key : `${path}.${key}`, depth + 1)
    else found.set(path, [...(found.get(path) ?? []), String(current)])
  }
  walk(value, '', 0)
  return found
}

function iniOf(text: string): Settings {
  const found = new Map<string, string[]>()
  let section = ''
  let key = ''
  for (const line of text.split('\n')) {
    if (/^\s*[#;]/.test(line) || line.trim() === '') continue
    const head = /^\[([^\]]+)\]/.exec(line)
    const entry = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line)
    if (head !== null) section = head[1] ?? ''
    else if (entry !== null && !/^\s/.test(line)) {
      key = `${section}.${entry[1] ?? ''}`
      found.set(key, splitList(entry[2] ?? ''))
    } else if (key !== '') found.set(key, [...(found.get(key) ?? []), ...splitList(line)])
  }
  return found
}

function splitList(text: string): string[] {
  const trimmed = text.trim()
  if (trimmed === '') return []
  return /^[\w./*-]+(?:\s*,\s*[\w./*-]+)+,?$/.test(trimmed)
    ? trimmed.split(/\s*,\s*/).filter(Boolean)
    : [trimmed]
}

/** Attributes and texts of elements by the names of the elements around them. */
function xmlOf(text: string): Settings {
  const found = new Map<string, string[]>()
  const stack: string[] = []
  const add = (key: string, value: string): void => {
    if (value.trim() !== '') found.set(key, [...(found.get(key) ?? []), value.trim()])
  }
  const source = text.replaceAll(/<!--[\s\S]*?-->/g, '')
  for (const [, close, name = '', attributes = '', selfClosing, content = ''] of source.matchAll(
    /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>([^<]*)/g,
  )) {
    if (close === '/') {
      stack.pop()
      continue
    }
    const path = [...stack, name].join('.')
    for (const [, key = '', , value = ''] of attributes.matchAll(/([\w:.-]+)\s*=\s*(["'])(.*?)\2/g))
      add(`${path}.${key}`, value)
    add(path, content)
    if (selfClosing !== '/') stack.push(name)
  }
  return found
}
