import { versionOf } from '@gump/agents'
import { createProcessRunner } from '@gump/process'

import { askProgram } from './ask-program.js'
import type { Examination, Finding } from './finding.js'

export const examineMachine: Examination = async ({ context }) => {
  const [git, bash, containment] = await Promise.all([
    askProgram('git', ['--version'], context.cwd),
    askProgram('bash', ['--version'], context.cwd),
    examineContainment(context.env),
  ])
  return [node(process.versions.node), gitFinding(git), bashFinding(bash), containment]
}

function node(version: string): Finding {
  const fine = atLeast(version, 20, 19)
  return {
    area: 'machine',
    name: 'node',
    status: fine ? 'ok' : 'broken',
    detail: version,
    ...(fine ? {} : { remedy: 'Install Node.js 20.19 or newer.' }),
  }
}

function gitFinding(answer: string | null): Finding {
  const version = answer === null ? null : versionOf(answer)
  const fine = version !== null && atLeast(version, 2, 38)
  return {
    area: 'machine',
    name: 'git',
    status: fine ? 'ok' : 'broken',
    detail: version ?? 'not found',
    ...(fine ? {} : { remedy: 'Install git 2.38 or newer.' }),
  }
}

function bashFinding(answer: string | null): Finding {
  return {
    area: 'machine',
    name: 'bash',
    status: answer === null ? 'broken' : 'ok',
    detail: answer === null ? 'not found' : (versionOf(answer) ?? 'found'),
    ...(answer === null ? { remedy: 'Install bash: the gates run their commands with it.' } : {}),
  }
}

async function examineContainment(env: Readonly<Record<string, string | undefined>>): Promise<Finding> {
  const { level, sandbox, reason } = await createProcessRunner({ env }).probe()
  const held = {
    namespace: 'agents are held in a PID namespace of their own',
    cgroup: 'agents are held in a cgroup',
    group: 'agents are held by process group and marker',
  }[level]
  const fenced = sandbox
    ? 'file system sandbox in force'
    : 'no file system sandbox: writes are noticed afterwards'
  return {
    area: 'machine',
    name: 'containment',
    status: sandbox ? 'ok' : 'warning',
    detail: `${held}; ${fenced}${reason === undefined ? '' : ` (${reason})`}`,
    ...(sandbox || process.platform !== 'linux' ? {} : { remedy: 'Install bubblewrap (the program bwrap).' }),
  }
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number)
  return a > major || (a === major && b >= minor)
}
