import { ava } from './ava.js'
import { borp } from './borp.js'
import { tap } from './tap.js'
import { ctest } from './ctest.js'
import { meson } from './meson.js'
import { automake } from './automake.js'
import { deno } from './deno.js'
import { swift } from './swift.js'
import { bun } from './bun.js'
import { cargo } from './cargo.js'
import { dotnet } from './dotnet.js'
import { exunit } from './exunit.js'
import { go } from './go.js'
import { gradle } from './gradle.js'
import { jest } from './jest.js'
import { maven } from './maven.js'
import { minitest } from './minitest.js'
import { mocha } from './mocha.js'
import { nodeTest } from './node-test.js'
import { phpunit } from './phpunit.js'
import { pytest } from './pytest.js'
import { rspec } from './rspec.js'
import type { TestRunner } from './test-runner.js'
import { unittest } from './unittest.js'
import { vitest } from './vitest.js'

/** Every test runner whose output Gump can read. */
export const testRunners: readonly TestRunner[] = [
  ava,
  borp,
  tap,
  ctest,
  meson,
  automake,
  deno,
  swift,
  bun,
  cargo,
  dotnet,
  exunit,
  go,
  gradle,
  jest,
  maven,
  minitest,
  mocha,
  nodeTest,
  phpunit,
  pytest,
  rspec,
  unittest,
  vitest,
]
