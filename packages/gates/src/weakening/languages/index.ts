import type { TestLanguage } from '../test-case.js'
import { cpp } from './cpp.js'
import { elixir } from './elixir.js'
import { go } from './go.js'
import { javascript } from './javascript.js'
import { jvm } from './jvm.js'
import { php } from './php.js'
import { python } from './python.js'
import { ruby } from './ruby.js'
import { rust } from './rust.js'

/** Every language whose tests Gump can read. */
export const testLanguages: readonly TestLanguage[] = [
  cpp,
  elixir,
  go,
  javascript,
  jvm,
  php,
  python,
  ruby,
  rust,
]

/** The language of a path; undefined for one that Gump does not know. */
export function languageOf(path: string): TestLanguage | undefined {
  return testLanguages.find(({ extensions }) => extensions.some((extension) => path.endsWith(extension)))
}

/** True when a path holds tests by the habits of its language. */
export function isTestFile(path: string): boolean {
  return languageOf(path)?.isTestFile(path) ?? false
}
