export { fakeClock } from './fake-clock.js'
export type { FakeClock } from './fake-clock.js'
export { readTree, temporaryRepository } from './temporary-repository.js'
export type { TemporaryRepository } from './temporary-repository.js'
