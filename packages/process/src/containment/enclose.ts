import { planMounts } from '../sandbox/mounts.js'
import { seatbeltProfile } from '../sandbox/seatbelt.js'
import { encloseInCgroup } from './cgroup.js'
import type { Enclosure, Program } from './enclosure.js'
import { encloseInGroup } from './group.js'
import { encloseInNamespace } from './namespace.js'
import type { Capabilities } from './probe.js'

/** The enclosure of the level that `capabilities` found, sandboxed when that is asked for and possible. */
export function enclose(
  program: Program,
  capabilities: Capabilities,
  tempDirs: readonly string[],
): Enclosure {
  const { bwrap, cgroupParent, sandboxExec } = capabilities
  const policy = program.spec.sandbox
  if (bwrap !== undefined) {
    const mounts = policy === undefined ? undefined : planMounts(policy, tempDirs)
    return encloseInNamespace(program, bwrap, mounts)
  }
  if (cgroupParent !== undefined) return encloseInCgroup(program, cgroupParent)
  if (sandboxExec === undefined || policy === undefined) return encloseInGroup(program)
  const profile = seatbeltProfile(planMounts(policy, [...tempDirs, '/dev']))
  const args = ['-p', profile, program.file, ...program.spec.args]
  return encloseInGroup(program, { file: sandboxExec, args, extraStdio: [] })
}
