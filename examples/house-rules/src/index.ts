export { licenseHeader } from './license-header.js'
export { maxFiles } from './max-files.js'
export { rules as default } from './rules.js'
