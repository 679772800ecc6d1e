import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { capture } from '../../scripts/toolchain/exec.mjs'

const platform = `${process.platform}-${process.arch}`
const node22 = { name: 'node', package: `node-${platform}`, version: '22.23.3' }

const folderOf = (cache, { name }) => join(cache, name)
const packageOf = (cache, wanted, name = wanted.package) =>
  join(folderOf(cache, wanted), 'node_modules', name)

/** The program itself: a native one where the package has one, else what npm links. */
function executableOf(cache, wanted) {
  const { native, command } = wanted
  if (native !== undefined)
    return join(packageOf(cache, wanted, native.package.replace('{platform}', platform)), native.file)
  return command === undefined
    ? join(packageOf(cache, wanted), 'bin', 'node')
    : join(folderOf(cache, wanted), 'node_modules', '.bin', command)
}

function isInstalled(cache, wanted) {
  const manifest = join(packageOf(cache, wanted), 'package.json')
  if (!existsSync(manifest) || !existsSync(executableOf(cache, wanted))) return false
  return JSON.parse(readFileSync(manifest, 'utf8')).version === wanted.version
}

/** Installs one package at its version, without running its scripts; `null`, or what went wrong. */
async function installPackage(cache, wanted) {
  if (isInstalled(cache, wanted)) return null
  process.stdout.write(`installing ${wanted.package}@${wanted.version}\n`)
  const folder = folderOf(cache, wanted)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  // In the folder, not with --prefix: that would also move npm's global settings, a company's certificates among them.
  const { code, output } = await capture(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--save-exact',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `${wanted.package}@${wanted.version}`,
    ],
    { cwd: folder },
  )
  if (code !== 0) return output.trim()
  return isInstalled(cache, wanted)
    ? null
    : `it has no program for ${platform} (${executableOf(cache, wanted)})`
}

/** A folder for PATH with nothing but this program. */
function linkCommand(cache, program) {
  const folder = join(folderOf(cache, program), 'bin')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  symlinkSync(executableOf(cache, program), join(folder, program.command))
  return folder
}

/**
 * Brings the program, and the Node it needs, into a folder, unless they are there.
 *
 * @returns {Promise<{ path: readonly string[] } | { problem: string }>} folders for PATH
 */
export async function install(program, cache) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  // What pi asks for, the most that any of them does.
  const newer = major > 22 || (major === 22 && minor >= 19)
  for (const wanted of newer ? [program] : [node22, program]) {
    const problem = await installPackage(cache, wanted)
    if (problem !== null)
      return { problem: `${wanted.package}@${wanted.version} could not be installed: ${problem}` }
  }
  return {
    path: [linkCommand(cache, program), dirname(newer ? process.execPath : executableOf(cache, node22))],
  }
}
