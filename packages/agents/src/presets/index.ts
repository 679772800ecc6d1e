import { aider } from './aider.js'
import { amp } from './amp.js'
import { antigravity } from './antigravity.js'
import { auggie } from './auggie.js'
import { cline } from './cline.js'
import { crush } from './crush.js'
import { droid } from './droid.js'
import { goose } from './goose.js'
import type { Preset } from './preset.js'

/** Every preset, in the order of the documentation: those that speak a protocol first. */
export const PRESETS: readonly Preset[] = [goose, auggie, cline, droid, crush, amp, aider, antigravity]
