import { describe, expect, it } from 'vitest'

import { Configuration } from '../../src/config/configuration.js'
import { mergeLayers } from '../../src/config/merge.js'
import { readTomlLayer } from '../../src/config/toml-layer.js'
import { limitsFromConfiguration, limitsFromFlags } from '../../src/run/limits.js'

const flags = (maxBudget?: string, maxTimeout?: string) =>
  limitsFromFlags({ maxBudget, maxTokens: undefined, maxTimeout })

describe('limits', () => {
  it('come from flags', () => {
    expect(flags('2.5', '1h30m')).toEqual({ maxBudget: 2.5, maxTimeoutMs: 5_400_000 })
  })

  it.each(['0', '-1', 'banana', '', 'NaN', 'Infinity'])('refuse %j as a budget', (value) => {
    expect(() => flags(value)).toThrow('--max-budget wants a number of USD above 0')
  })

  it.each(['30', '-5m', 'banana'])('refuse %j as a time', (value) => {
    expect(() => flags(undefined, value)).toThrow('--max-timeout wants a duration')
  })

  it('come from the configuration', () => {
    const layer = readTomlLayer('project', 'gump.toml', '[budget]\nmax_budget = 3\nmax_timeout = "2m"\n')
    const { settings, diagnostics } = mergeLayers([layer])
    const config = new Configuration(settings, diagnostics)
    expect(limitsFromConfiguration(config)).toEqual({ maxBudget: 3, maxTimeoutMs: 120_000 })
  })
})
