import type { GateDefinition } from '../contract.js'
import { bash } from './bash.js'
import { compile } from './compile.js'
import { coverage } from './coverage.js'
import { lint } from './lint.js'
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
  lint,
  schema,
  test,
  testsFail,
  testsFound,
  touched,
  untouched,
]
