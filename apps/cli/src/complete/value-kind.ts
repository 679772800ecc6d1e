import type { ArgumentWords, FlagWords } from './command-words.js'

/** What can stand in a place; `free` is anything, so that nothing is offered. */
export type CompletedKind =
  | 'agents'
  | 'files'
  | 'free'
  | 'keys'
  | 'plugins'
  | 'runs'
  | 'steps'
  | 'values'
  | 'workflows'
  | 'workflows or files'

const byHelpValue: Readonly<Record<string, CompletedKind>> = {
  AGE: 'free',
  AGENT: 'agents',
  BRANCH: 'free',
  DURATION: 'free',
  FILE: 'files',
  N: 'free',
  'NAME=VALUE': 'free',
  NOTE: 'free',
  RUN: 'runs',
  STEP: 'steps',
  USD: 'free',
  WORKFLOW: 'workflows',
}

const byArgument: Readonly<Record<string, CompletedKind>> = {
  file: 'files',
  key: 'keys',
  model: 'free',
  plugin: 'plugins',
  run: 'runs',
  shell: 'free',
  name: 'free',
  spec: 'files',
  step: 'steps',
  value: 'values',
  workflow: 'workflows or files',
}

/** What the value of a flag is; undefined for a word that this table does not have. */
export function kindOfFlag({ value }: FlagWords): CompletedKind | undefined {
  return value === undefined ? 'free' : byHelpValue[value]
}

/** What an argument is; undefined for a name that this table does not have. */
export function kindOfArgument({ name }: ArgumentWords): CompletedKind | undefined {
  return byArgument[name]
}
