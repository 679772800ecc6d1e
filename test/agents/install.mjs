import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { capture } from '../../scripts/toolchain/exec.mjs'
import { root } from '../../scripts/toolchain/root.mjs'

const cache = join(root, '.cache', 'agents')
const platform = `${process.platform}-${process.arch}`
const node22 = { name: 'node', package: `node-${platform}`, version: '22.23.3' }

const folderOf = ({ name }) => join(cache, name)
const packageOf = (wanted, name = wanted.package) => join(folderOf(wanted), 'node_modules', name)

function installedVersion(wanted) {
  const manifest = join(packageOf(wanted), 'package.json')
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : null
}

/** Installs one package at its version, without running its scripts; `null`, or what went wrong. */
async function installPackage(wanted) {
  if (installedVersion(wanted) === wanted.version) return null
  process.stdout.write(`installing ${wanted.package}@${wanted.version}\n`)
  rmSync(folderOf(wanted), { recursive: true, force: true })
  mkdirSync(folderOf(wanted), { recursive: true })
  const { code, output } = await capture('npm', [
    'install',
    '--ignore-scripts',
    '--save-exact',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `--prefix=${folderOf(wanted)}`,
    `${wanted.package}@${wanted.version}`,
  ])
  return code === 0 ? null : output.trim()
}

/** The program itself: a native one where the package has one, else what npm links. */
function executableOf(program) {
  return program.native === undefined
    ? join(folderOf(program), 'node_modules', '.bin', program.command)
    : join(packageOf(program, program.native.package.replace('{platform}', platform)), program.native.file)
}

/** A folder for PATH with nothing but this program. */
function linkCommand(program) {
  const folder = join(folderOf(program), 'bin')
  const executable = executableOf(program)
  if (!existsSync(executable))
    throw new Error(`${program.package} has no program for ${platform} (${executable})`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  symlinkSync(executable, join(folder, program.command))
  return folder
}

/**
 * Brings the program, and the Node it needs, into `.cache/agents`, unless they are there.
 *
 * @returns {Promise<{ path: readonly string[] } | { problem: string }>} folders for PATH
 */
export async function install(program) {
  const newer = Number(process.versions.node.split('.')[0]) >= 22
  for (const wanted of newer ? [program] : [node22, program]) {
    const problem = await installPackage(wanted)
    if (problem !== null)
      return { problem: `${wanted.package}@${wanted.version} could not be installed: ${problem}` }
  }
  const node = newer ? dirname(process.execPath) : join(packageOf(node22), 'bin')
  return { path: [linkCommand(program), node] }
}
