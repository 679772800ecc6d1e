import { chmodSync, symlinkSync } from 'node:fs'
import { claude, codex } from '@gump/agents'
import { createAgentDetector, systemClock, uuidV7 } from '@gump/engine'
import { createProcessRunner } from '@gump/process'
import { temporaryRepository } from '@gump/testkit'
import { expect, it } from 'vitest'

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
