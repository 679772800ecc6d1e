export { asProcess, embeddedProcess } from './embedded-process/as-process.js'
export type { LoggedRequest, SentAnswer } from './fake-model/logged-request.js'
export type { ModelRequest } from './fake-model/model-request.js'
export type {
  Conversation,
  FakeScript,
  FakeUsage,
  Fault,
  ScriptedTurn,
  ToolCall,
  ToolChoice,
} from './fake-model/script.js'
export { readScript } from './fake-model/read-script.js'
export { startFakeModel } from './fake-model/server.js'
export type { FakeModel, FakeModelOptions } from './fake-model/server.js'
export { fakeClock } from './fake-clock.js'
export type { FakeClock } from './fake-clock.js'
export { disagreements } from './views/disagreements.js'
export { readTree, temporaryRepository } from './temporary-repository.js'
export type { TemporaryRepository } from './temporary-repository.js'
