import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Managers and runtimes that npm brings, pinned. */
const managers = { pnpm: '10.34.9', yarn: '1.22.22', bun: '1.4.5' }

function onPath(program, path) {
  return path.split(':').some((folder) => folder !== '' && existsSync(join(folder, program)))
}

function run(file, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', ...options })
  return { ok: status === 0, text: `${stdout ?? ''}${stderr ?? ''}`.trim() }
}

/**
 * Makes a tool's programs available.
 *
 * @returns `{ path, modules }`, or `{ skip }` with a plain reason.
 */
export function install(project, cache) {
  let path = process.env.PATH ?? ''
  for (const program of project.programs) {
    if (onPath(program, path)) continue
    if (managers[program] !== undefined) {
      const installed = npm(join(cache, program), { [program]: managers[program] }, [program])
      if (installed.error !== undefined)
        return { skip: `${program} could not be installed from npm: ${installed.error}` }
      path = `${join(cache, program, 'node_modules', '.bin')}:${path}`
      continue
    }
    if (process.getuid?.() !== 0) return { skip: `${program} is not installed, and only root can install it` }
    const { ok, text } = run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...(project.apt ?? [])],
      {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      },
    )
    if (!ok || !onPath(program, path))
      return { skip: `${program} could not be installed: ${text.split('\n').at(-1) ?? ''}` }
  }
  if (project.module !== undefined && !run('python3', ['-c', `import ${project.module}`]).ok) {
    return { skip: `python3 has no module ${project.module}` }
  }
  if (Object.keys(project.npm ?? {}).length === 0) return { path, modules: null }
  const installed = npm(join(cache, project.name), project.npm, [])
  if (installed.error !== undefined)
    return { skip: `its packages could not be installed from npm: ${installed.error}` }
  return { path, modules: join(cache, project.name, 'node_modules') }
}

function npm(folder, packages, scripts) {
  if (existsSync(join(folder, 'installed'))) return {}
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    ...(scripts.length > 0 ? ['--foreground-scripts'] : []),
  ]
  const { ok, text } = run('npm', args, { cwd: folder })
  if (!ok) return { error: text.split('\n').find((line) => /error/i.test(line)) ?? text }
  for (const name of scripts.includes('bun') ? ['bun'] : []) {
    const fetched = run(process.execPath, [join(folder, 'node_modules', name, 'install.js')], {
      cwd: join(folder, 'node_modules', name),
    })
    if (!fetched.ok) return { error: fetched.text }
  }
  writeFileSync(join(folder, 'installed'), '')
  return {}
}
