import type { GateDefinition } from '../contract.js'
import { bash } from './bash.js'
import { compile } from './compile.js'
import { coverage } from './coverage.js'
import { failToPass } from './fail-to-pass.js'
import { judgeUnchanged } from './judge-unchanged.js'
import { lint } from './lint.js'
import { passToPass } from './pass-to-pass.js'
import { schema } from './schema.js'
import { test } from './test.js'
import { testsFail } from './tests-fail.js'
import { testsFound } from './tests-found.js'
import { touched } from './touched.js'
import { untouched } from './untouched.js'

/** Every gate that comes with Gump, except `validate` and `blast_radius`, which the engine does itself. */
export const builtinGates: readonly GateDefinition[] = [
  bash,
  compile,
  coverage,
  failToPass,
  judgeUnchanged,
  lint,
  passToPass,
  schema,
  test,
  testsFail,
  testsFound,
  touched,
  untouched,
]
