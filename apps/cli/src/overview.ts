export { wantsColor } from './context.js'
export { rootHelp } from './root-help.js'
