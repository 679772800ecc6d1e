import { toGumpError } from '@gump/errors'
import type { Ownership, RunLocation } from '@gump/ledger'
import { createMasker } from '../shell/masker.js'
import { takeRun } from './owner.js'
import type { Setup } from './setup.js'
import { writeInputs } from './snapshot-inputs.js'
import type { StoredInputs } from './stored-inputs.js'

/** The folder of a run that has no event yet, owned by this process. */
export interface CreatedRun {
  readonly location: RunLocation
  readonly ownership: Ownership
}

/**
 * Makes the folder of a new run with everything that a resume needs; with it begins what a crash may interrupt.
 *
 * @param complete - adds what else belongs into the folder.
 * @throws GumpError `GUMP-L002` when there is no room for it; no trace of it is left then.
 */
export function createRun(
  setup: Setup,
  stored: StoredInputs,
  complete: (location: RunLocation) => void = () => {},
): CreatedRun {
  const { ids, clock, faults } = setup.ambient
  let location: RunLocation | null = null
  try {
    location = setup.store.create(ids.uuid(), clock.now())
    faults('create:folder')
    const ownership = takeRun(location.dir, false)
    faults('create:owner')
    writeInputs(location.dir, { ...stored, inputs: maskedInputs(setup, stored) })
    complete(location)
    faults('create:inputs')
    return { location, ownership }
  } catch (cause) {
    if (location !== null) setup.store.remove(location)
    throw toGumpError(cause, {
      code: 'GUMP-L002',
      doing: 'making the folder of the run',
      path: setup.store.runsDir,
      remedy: 'free space or restore write access, and start it again',
    })
  }
}

/** Prompts are made from these, and have no secrets either. */
function maskedInputs({ ambient, settings }: Setup, { inputs }: StoredInputs): StoredInputs['inputs'] {
  return createMasker(ambient.env, settings.secretEnv).maskAll(inputs)
}
