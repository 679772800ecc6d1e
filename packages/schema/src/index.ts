export type * from './ir.js'
export type { Playbook, WorkflowOrigin, WorkflowSource } from './playbook-contract.js'
