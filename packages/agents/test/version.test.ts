import { isVerified, versionOf } from '@gump/agents'
import { describe, expect, it } from 'vitest'

describe('versionOf', () => {
  it.each([
    ['2.1.329 (Claude Code)', '2.1.329'],
    ['codex-cli 0.169.0', '0.169.0'],
    ['v1.2', '1.2'],
    ['opencode version 1.18.33-beta.2\n', '1.18.33-beta.2'],
    ['GitHub Copilot CLI 1.0.102.\nRun it.', '1.0.102'],
    ['no version here 7', null],
    ['', null],
    ['127.0.0.1', null],
  ])('%j: %s', (output, version) => {
    expect(versionOf(output)).toBe(version)
  })
})

describe('isVerified', () => {
  it.each([
    ['2.1.329', ['2.1.x'], true],
    ['2.2.0', ['2.1.x'], false],
    ['2.1', ['2.1.x'], true],
    ['0.169.4', ['0.168.x', '0.169.x'], true],
    ['1.9.9', ['1.x'], true],
    ['1.0.102', ['1.0.102'], true],
    ['1.0.102-rc.1', ['1.0.x'], true],
    ['1.0.102', [], false],
    [null, ['1.x'], false],
  ])('%s in %j: %s', (version, ranges, verified) => {
    expect(isVerified(version, ranges)).toBe(verified)
  })
})
