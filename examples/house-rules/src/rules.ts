import type { GateDefinition } from '@gump/gates'
import type { GuardDefinition } from '@gump/guards'
import { licenseHeader } from './license-header.js'
import { maxFiles } from './max-files.js'

/** A plugin may export several things, as a list. */
export const rules: readonly (GateDefinition | GuardDefinition)[] = [licenseHeader, maxFiles]
