export { pebble as default } from './pebble.js'
