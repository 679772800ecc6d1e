import { expect, it } from 'vitest'
import { formatDuration } from '../src/format-duration.js'

it('spells durations like workflows do', () => {
  expect([0, 500, 1500, 90_000, 600_000, 5_400_000, 90_061_001].map(formatDuration)).toEqual([
    '0s',
    '500ms',
    '1s500ms',
    '1m30s',
    '10m',
    '1h30m',
    '25h1m',
  ])
})
