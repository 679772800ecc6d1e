import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { acquireOwner, type OwnerIdentity, type OwnerProbe, type Ownership } from '@gump/ledger'
import { bootId, isAlive, startedAt } from '@gump/process'

/**
 * Tells whether the process that owned a run still lives. It can only be determined from the same host, the same boot and
 * the same PID namespace; a process of an earlier boot is gone for certain.
 */
export const probeOwner: OwnerProbe = (owner) => {
  const self = ownIdentity()
  if (owner.host !== self.host) return 'unknown'
  if (owner.bootId !== null && self.bootId !== null && owner.bootId !== self.bootId) return 'dead'
  if (owner.pidNamespace !== self.pidNamespace) return 'unknown'
  if (owner.pidStart === null) return 'unknown'
  return isAlive({ pid: owner.pid, pidStart: owner.pidStart }) ? 'alive' : 'dead'
}

/** Makes this process the owner of a run. @throws GumpError `GUMP-L003`, `GUMP-L004` */
export function takeRun(runDir: string, takeOver: boolean): Ownership {
  return acquireOwner({ runDir, identity: ownIdentity(), probe: probeOwner, takeOver })
}

function ownIdentity(): OwnerIdentity {
  return {
    pid: process.pid,
    pidStart: startedAt(process.pid) ?? null,
    bootId: bootId() ?? null,
    host: hostname(),
    pidNamespace: pidNamespace(),
  }
}

function pidNamespace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return null
  }
}
