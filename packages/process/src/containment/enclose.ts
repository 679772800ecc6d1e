import { NO_SURROUNDINGS, planMounts } from '../sandbox/mounts.js'
import { makePrivateTemp } from '../sandbox/private-temp.js'
import { closedSockets } from '../sandbox/sockets.js'
import { sandboxEnvironment, surroundingsOf } from '../sandbox/surroundings.js'
import { seatbeltProfile } from '../sandbox/seatbelt.js'
import type { SandboxPolicy } from '../contract.js'
import { encloseInCgroup } from './cgroup.js'
import type { Enclosure, Program } from './enclosure.js'
import { encloseInGroup } from './group.js'
import { encloseInNamespace, type Sandbox } from './namespace.js'
import type { Capabilities } from './probe.js'

/** The machine's folders for temporary files. */
export interface TempPlaces {
  /** Where those of sandboxed programs are made. */
  readonly tempDir: string
  /** All that there are. */
  readonly tempDirs: readonly string[]
}

/** The enclosure of the level that `capabilities` found, sandboxed when that is asked for and possible. */
export function enclose(program: Program, capabilities: Capabilities, places: TempPlaces): Enclosure {
  const { bwrap, cgroupParent, sandboxExec, report } = capabilities
  const policy = program.spec.sandbox
  if (bwrap !== undefined) {
    const sandbox = policy === undefined || !report.sandbox ? undefined : sandboxOf(program, policy, places)
    return encloseInNamespace(program, bwrap, sandbox)
  }
  if (cgroupParent !== undefined) return encloseInCgroup(program, cgroupParent)
  if (sandboxExec === undefined || policy === undefined) return encloseInGroup(program)
  const { env } = program.spec
  const surroundings = {
    ...NO_SURROUNDINGS,
    alwaysWritable: [...places.tempDirs, '/dev'],
    closed: closedSockets({ all: policy.mode === 'strict', env, open: policy.sockets ?? [] }),
  }
  const profile = seatbeltProfile(planMounts({ ...policy, binds: [] }, surroundings))
  const args = ['-p', profile, program.file, ...program.spec.args]
  return encloseInGroup(program, { file: sandboxExec, args, extraStdio: [] })
}

function sandboxOf(program: Program, policy: SandboxPolicy, { tempDir }: TempPlaces): Sandbox {
  const { spec, file } = program
  const temp = makePrivateTemp(tempDir)
  try {
    return {
      mounts: planMounts(policy, surroundingsOf({ spec, policy, file, temp })),
      devices: policy.devices ?? [],
      environment: sandboxEnvironment(spec, policy),
      temp,
    }
  } catch (error) {
    void temp.remove()
    throw error
  }
}
