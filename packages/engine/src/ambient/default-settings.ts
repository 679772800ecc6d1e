import { availableParallelism } from 'node:os'
import { DEFAULT_SECRET_PATTERNS } from '@gump/process'
import type { EngineSettings } from '../contract.js'

/** Agents and branches at once when neither the user nor the workflow says how many. */
export function defaultJobs(): number {
  return Math.min(4, availableParallelism())
}

/** What holds when nobody says otherwise. */
export const defaultSettings: EngineSettings = {
  defaultAgent: 'claude-sonnet',
  agentAliases: {},
  models: {},
  pricing: () => null,
  assumedPricing: () => null,
  limits: {},
  agentEnd: { silenceMs: 5000, backgroundMs: 10 * 60_000 },
  jobs: null,
  maxErrorChars: 2000,
  maxDiffChars: 3000,
  sandbox: { mode: 'auto', writable: [], hide: [], sockets: [], devices: [] },
  worktree: { dir: null, setup: 'auto', copy: [], link: [], submodules: false },
  gateCommands: {},
  gateIdleMs: 300_000,
  maxLogBytes: 32 * 1024 * 1024,
  secretEnv: DEFAULT_SECRET_PATTERNS,
  passEnv: [],
  durability: 'process',
  executables: {},
  gumpVersion: '0.0.0',
}
