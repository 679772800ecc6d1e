import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GumpError } from '@gump/errors'
import type { ContainmentLevel, ContainmentReport } from '../contract.js'
import { findOnPath } from '../environment/find-on-path.js'
import { planMounts } from '../sandbox/mounts.js'
import { seatbeltProfile } from '../sandbox/seatbelt.js'
import { makePrivateTemp } from '../sandbox/private-temp.js'
import { containmentArguments, sandboxArguments } from './bwrap-arguments.js'
import { enteringCgroup, killCgroup, removeCgroup } from './cgroup.js'
import { ownCgroupFolder } from './cgroup-folder.js'

/** What the machine offers, with the paths of the tools. */
export interface Capabilities {
  readonly report: ContainmentReport
  readonly bwrap?: string
  /** The cgroup below which containers get theirs. */
  readonly cgroupParent?: string
  readonly sandboxExec?: string
}

/** What {@link probeMachine} needs. */
export interface ProbeOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly tempDir: string
  readonly forceLevel?: ContainmentLevel
  readonly bwrap?: string
}

/** Long enough for a loaded machine; a tool that hangs counts as missing. */
const TIMEOUT_MS = 10_000

const run = promisify(execFile)

/**
 * Finds the strongest containment that works, by trying it.
 *
 * @throws GumpError GUMP-X004 when `forceLevel` does not work
 */
export async function probeMachine(options: ProbeOptions): Promise<Capabilities> {
  const { forceLevel } = options
  const reasons: string[] = []
  if (process.platform === 'linux') {
    if (forceLevel === undefined || forceLevel === 'namespace') {
      const found = await tryBwrap(options)
      if ('bwrap' in found) return { report: { level: 'namespace', ...found.sandbox }, bwrap: found.bwrap }
      reasons.push(found.reason)
    }
    if (forceLevel === undefined || forceLevel === 'cgroup') {
      const found = await tryCgroup()
      if ('cgroupParent' in found)
        return { report: report('cgroup', false, reasons, forceLevel), cgroupParent: found.cgroupParent }
      reasons.push(found.reason)
    }
  } else {
    reasons.push(`PID namespaces and cgroups are a feature of Linux, this is ${process.platform}`)
  }
  if (forceLevel !== undefined && forceLevel !== 'group') throw notAvailable(forceLevel, reasons)
  const sandboxExec = process.platform === 'darwin' ? await trySeatbelt(options.tempDir) : undefined
  const result = report('group', sandboxExec !== undefined, reasons, forceLevel)
  return sandboxExec === undefined ? { report: result } : { report: result, sandboxExec }
}

function report(
  level: ContainmentLevel,
  sandbox: boolean,
  reasons: string[],
  forced?: ContainmentLevel,
): ContainmentReport {
  return {
    level,
    sandbox,
    reason: forced === undefined ? reasons.join('; ') : `the level ${level} was asked for`,
  }
}

function notAvailable(level: ContainmentLevel, reasons: readonly string[]): GumpError {
  return new GumpError(
    'GUMP-X004',
    `the containment level ${level} is not available: ${reasons.join('; ')}`,
    {
      data: { level, reasons },
      remedy:
        level === 'namespace'
          ? 'install bubblewrap, or let Gump choose the level'
          : 'let Gump choose the level',
    },
  )
}

type SandboxReport = Pick<ContainmentReport, 'sandbox' | 'reason'>

async function tryBwrap(
  options: ProbeOptions,
): Promise<{ bwrap: string; sandbox: SandboxReport } | { reason: string }> {
  const bwrap = options.bwrap ?? findOnPath('bwrap', options.env)
  if (bwrap === undefined) return { reason: 'bubblewrap (bwrap) is not on PATH' }
  try {
    // A sandbox has everything that contains: only where it does not work, there is more to find out.
    const sandbox = await tryMounts(bwrap, options.tempDir)
    if (sandbox.sandbox) return { bwrap, sandbox }
    const args = [...containmentArguments(), '--cap-drop', 'CAP_SYS_ADMIN', ...itself(bwrap)]
    await run(bwrap, args, { timeout: TIMEOUT_MS, env: {} })
    return { bwrap, sandbox }
  } catch (error) {
    return { reason: `bubblewrap does not work here: ${firstLine(error)}` }
  }
}

/** Every kind of mount that a sandbox has, once. */
async function tryMounts(bwrap: string, tempDir: string): Promise<SandboxReport> {
  const temp = makePrivateTemp(tempDir)
  const root = { path: '/', access: 'readOnly', kind: 'folder' } as const
  const mounts = [root, { path: '/tmp', access: 'writable', kind: 'folder', source: temp.temp } as const]
  const extras = { emptyFile: () => 0, devices: [], environment: {}, isRoot: process.getuid?.() === 0 }
  const args = [...sandboxArguments(mounts, extras), ...itself(bwrap)]
  try {
    await run(bwrap, args, { timeout: TIMEOUT_MS, env: {} })
    return { sandbox: true }
  } catch (error) {
    return { sandbox: false, reason: `bubblewrap cannot mount here: ${firstLine(error)}` }
  } finally {
    await temp.remove()
  }
}

/** It runs itself, the one program that is surely there. */
function itself(bwrap: string): readonly string[] {
  return ['--json-status-fd', '1', '--', bwrap, '--version']
}

async function tryCgroup(): Promise<{ cgroupParent: string } | { reason: string }> {
  const cgroupParent = ownCgroupFolder()
  if (cgroupParent === undefined) return { reason: 'there is no cgroup version 2' }
  const folder = join(cgroupParent, `gump-probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    await access(join(folder, 'cgroup.kill'))
    const { file, args } = enteringCgroup(folder, '/bin/sh', ['-c', ':'], {})
    await run(file, [...args], { timeout: TIMEOUT_MS, env: {} })
    return { cgroupParent }
  } catch (error) {
    return { reason: `no cgroup with cgroup.kill: ${firstLine(error)}` }
  } finally {
    killCgroup(folder)
    removeCgroup(folder)
  }
}

/** Trusts `sandbox-exec` only after it has denied a write. */
async function trySeatbelt(tempDir: string): Promise<string | undefined> {
  const sandboxExec = '/usr/bin/sandbox-exec'
  const folder = await mkdtemp(join(tempDir, 'gump-probe-'))
  try {
    const policy = { mode: 'auto', readOnly: [folder], writable: [], hide: [] } as const
    const profile = seatbeltProfile(planMounts(policy))
    await run(sandboxExec, ['-p', profile, '/usr/bin/true'], { timeout: TIMEOUT_MS, env: {} })
    const denied = await run(sandboxExec, ['-p', profile, '/usr/bin/touch', join(folder, 'file')], {
      timeout: TIMEOUT_MS,
      env: {},
    }).then(
      () => false,
      () => true,
    )
    return denied ? sandboxExec : undefined
  } catch {
    return undefined
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function firstLine(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
  const text = stderr === '' ? String(error instanceof Error ? error.message : error) : stderr
  return text.split('\n', 1)[0] ?? ''
}
