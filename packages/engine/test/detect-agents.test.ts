import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { claude, codex } from '@gump/agents'
import { createAgentDetector, systemClock, uuidV7 } from '@gump/engine'
import { createProcessRunner } from '@gump/process'
import { temporaryRepository } from '@gump/testkit'
import { describe, expect, it } from 'vitest'

const shim = `#!/bin/sh
case "$0" in
  *claude) echo '2.1.5 (Claude Code)' ;;
  *codex) echo 'codex-cli 0.169.7' ;;
esac
`

it('asks each command of a version manager, though all of them are one program', async () => {
  const { dir } = temporaryRepository({ shim })
  chmodSync(`${dir}/shim`, 0o755)
  for (const name of ['claude', 'codex']) symlinkSync('shim', `${dir}/${name}`)
  const env = { ...process.env, PATH: `${dir}:${process.env['PATH'] ?? ''}` }
  const detect = createAgentDetector({
    env,
    home: dir,
    processes: createProcessRunner({ env }),
    clock: systemClock,
    ids: uuidV7(() => systemClock.now()),
    executables: {},
  })
  await expect(detect(claude())).resolves.toMatchObject({ version: '2.1.5', verified: true })
  await expect(detect(codex())).resolves.toMatchObject({ version: '0.169.7', verified: true })
})

describe('what looking a program up has shown', () => {
  const program = (folder: string, script: string): void => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${folder}/claude`, `#!/bin/sh\n${script}\n`)
    chmodSync(`${folder}/claude`, 0o755)
  }
  const look = (path: string, more: { readonly home?: string; readonly clock?: typeof systemClock } = {}) => {
    const env = { ...process.env, PATH: `${path}:/usr/bin:/bin` }
    return createAgentDetector({
      env,
      home: more.home ?? '/',
      processes: createProcessRunner({ env }),
      clock: more.clock ?? systemClock,
      ids: uuidV7(() => systemClock.now()),
      executables: {},
    })(claude())
  }

  it('an error in place of a version', async () => {
    const { dir } = temporaryRepository()
    program(`${dir}/a`, 'echo "dyld: no such library" >&2; exit 3')
    await expect(look(`${dir}/a`)).resolves.toMatchObject({
      version: null,
      verified: false,
      remarks: [`${dir}/a/claude --version told no version (exit code 3); it printed: dyld: no such library`],
    })
  })

  it('no answer at all, for as long as one is waited for', async () => {
    const { dir } = temporaryRepository()
    program(`${dir}/a`, 'exec sleep 600')
    // Its only timer is over at once.
    const clock = { ...systemClock, timer: (_ms: number, ring: () => void) => systemClock.timer(0, ring) }
    await expect(look(`${dir}/a`, { clock })).resolves.toMatchObject({
      version: null,
      remarks: [`${dir}/a/claude --version had not answered after 20s`],
    })
  })

  it('a home folder that does not exist', async () => {
    const { dir } = temporaryRepository()
    program(`${dir}/a`, 'echo 2.1.5')
    await expect(look(`${dir}/a`, { home: `${dir}/nobody` })).resolves.toMatchObject({ version: '2.1.5' })
    program(`${dir}/b`, 'exit 1')
    await expect(look(`${dir}/b`, { home: `${dir}/nobody` })).resolves.toMatchObject({
      remarks: [
        `${dir}/b/claude --version told no version (exit code 1); it printed nothing; the home folder ${dir}/nobody does not exist`,
      ],
    })
  })

  it('several of them on PATH, links to one program aside', async () => {
    const { dir } = temporaryRepository()
    program(`${dir}/a`, 'echo 2.1.5')
    program(`${dir}/b`, 'echo 1.0.0')
    mkdirSync(`${dir}/c`)
    symlinkSync(`${dir}/a/claude`, `${dir}/c/claude`)
    await expect(look(`${dir}/a:${dir}/b:${dir}/c`)).resolves.toMatchObject({
      version: '2.1.5',
      remarks: [`${dir}/a/claude comes before ${dir}/b/claude on PATH`],
    })
  })
})
