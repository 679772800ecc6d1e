import { type ContainmentLevel, createProcessRunner } from '@gump/process'

/** What a machine can do to hold processes, strongest first, and why the others are unavailable. */
export async function containmentLevels(): Promise<{
  readonly available: readonly ContainmentLevel[]
  readonly missing: readonly { readonly level: ContainmentLevel; readonly why: string }[]
}> {
  const available: ContainmentLevel[] = []
  const missing: { level: ContainmentLevel; why: string }[] = []
  for (const level of ['namespace', 'cgroup', 'group'] as const) {
    try {
      await createProcessRunner({ env: process.env, forceLevel: level }).probe()
      available.push(level)
    } catch (error) {
      missing.push({ level, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return { available, missing }
}
