export { maxInlineBytes } from './bag-value.js'
export type { BagReference, BagValue } from './bag-value.js'
export { builtinVariables, reservedNames, stepFields } from './fields.js'
export { matchGateName, validatorGateName } from './gate-names.js'
export type { GateNameMatch } from './gate-names.js'
export { maxShellValueBytes, renderShell } from './render-shell.js'
export type { ShellCommand } from './render-shell.js'
export { renderTemplate } from './render-template.js'
export { resolutionProblem } from './resolution-problem.js'
export type { ResolutionProblem } from './resolution-problem.js'
export { resolveName } from './resolve-name.js'
export type { Resolution } from './resolve-name.js'
export { createScope } from './scope.js'
export type { Scope, ScopeLevel, ScopeOptions, ScopeStep } from './scope.js'
export { matchSelector } from './selector.js'
export type { SelectorMatch } from './selector.js'
export { findShellProblems } from './shell-problems.js'
export type { ShellProblem } from './shell-problems.js'
export { escapeTemplate, escapedNames, parseTemplate, templateVariables } from './template.js'
export type {
  EscapedName,
  Lookup,
  Template,
  TemplateLiteral,
  TemplatePart,
  TemplateVariable,
} from './template.js'
export { truncateMiddle } from './truncate.js'
