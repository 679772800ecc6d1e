import type { CatalogueEntry } from '../catalogue-entry.js'

export type WorkflowCode =
  | 'GUMP-W001'
  | 'GUMP-W002'
  | 'GUMP-W003'
  | 'GUMP-W004'
  | 'GUMP-W005'
  | 'GUMP-W006'
  | 'GUMP-W007'
  | 'GUMP-W008'
  | 'GUMP-W009'
  | 'GUMP-W010'
  | 'GUMP-W011'
  | 'GUMP-W012'
  | 'GUMP-W013'
  | 'GUMP-W014'
  | 'GUMP-W015'
  | 'GUMP-W016'
  | 'GUMP-W017'
  | 'GUMP-W018'
  | 'GUMP-W019'
  | 'GUMP-W020'
  | 'GUMP-W021'
  | 'GUMP-W022'
  | 'GUMP-W023'
  | 'GUMP-W024'
  | 'GUMP-W025'
  | 'GUMP-W026'
  | 'GUMP-W027'
  | 'GUMP-W028'
  | 'GUMP-W029'
  | 'GUMP-W030'
  | 'GUMP-W031'
  | 'GUMP-W032'
  | 'GUMP-W033'
  | 'GUMP-W034'
  | 'GUMP-W035'
  | 'GUMP-W036'
  | 'GUMP-W037'
  | 'GUMP-W038'
  | 'GUMP-W039'
  | 'GUMP-W040'
  | 'GUMP-W041'
  | 'GUMP-W042'
  | 'GUMP-W043'
  | 'GUMP-W044'
  | 'GUMP-W045'
  | 'GUMP-W046'
  | 'GUMP-W047'
  | 'GUMP-W048'
  | 'GUMP-W050'
  | 'GUMP-W051'
  | 'GUMP-W052'
  | 'GUMP-W053'
  | 'GUMP-W060'
  | 'GUMP-W061'
  | 'GUMP-W062'
  | 'GUMP-W063'
  | 'GUMP-W064'
  | 'GUMP-W070'
  | 'GUMP-W071'
  | 'GUMP-W072'
  | 'GUMP-W073'
  | 'GUMP-W074'
  | 'GUMP-W075'
  | 'GUMP-W076'
  | 'GUMP-W077'
  | 'GUMP-W078'
  | 'GUMP-W079'
  | 'GUMP-W080'
  | 'GUMP-W081'

/** Problems in a workflow file (exit 2). */
export const workflowCodes: Readonly<Record<WorkflowCode, CatalogueEntry>> = {
  'GUMP-W001': { title: 'The file is not YAML', remedy: 'Correct the syntax at the caret.' },
  'GUMP-W002': {
    title: 'The file is too large',
    remedy: 'A workflow file may have 1 MiB; move long prompts into files beside it.',
  },
  'GUMP-W003': {
    title: 'The file is nested too deeply',
    remedy: 'Nest at most 32 levels; move inner steps into a workflow of their own.',
  },
  'GUMP-W004': {
    title: 'The workflow has too many steps',
    remedy: 'A workflow may have 10 000 steps; split it into several workflows.',
  },
  'GUMP-W005': {
    title: 'YAML aliases are expanded too often',
    remedy: 'Aliases may be expanded 100 times in one file and never contain themselves.',
  },
  'GUMP-W006': { title: 'The file holds more than one YAML document', remedy: 'Keep one document per file.' },
  'GUMP-W007': {
    title: 'The file is not a workflow',
    remedy: 'A workflow is a mapping with name and steps.',
  },
  'GUMP-W008': { title: 'A key is written twice', remedy: 'Keep one of the two.' },
  'GUMP-W009': { title: 'A key is not a plain word', remedy: 'Write keys as plain words.' },
  'GUMP-W010': {
    title: 'Unknown key',
    remedy: 'Correct or remove the key; the message lists those that are known here.',
  },
  'GUMP-W011': { title: 'A required key is missing', remedy: 'Add the key that the message names.' },
  'GUMP-W012': {
    title: 'The value has the wrong kind',
    remedy: 'Write a value of the kind that the message names.',
  },
  'GUMP-W013': {
    title: 'The number is out of range',
    remedy: 'Write a number in the range that the message names.',
  },
  'GUMP-W014': { title: 'Illegal duration', remedy: 'Write a duration such as 90s, 30m, 1h30m or 500ms.' },
  'GUMP-W015': {
    title: 'Not one of the possible values',
    remedy: 'Use one of the values that the message lists.',
  },
  'GUMP-W016': { title: 'The value is empty', remedy: 'Write a value, or remove the key.' },
  'GUMP-W017': {
    title: 'A key is written both in its block and beside it',
    remedy: 'Keep one of the two; get: and run: blocks and the flat form are equivalent.',
  },
  'GUMP-W018': {
    title: 'Illegal workflow name',
    remedy:
      'Use letters, digits, dot, underscore and hyphen, starting with a letter or digit; / separates name spaces.',
  },
  'GUMP-W019': {
    title: 'Illegal step name',
    remedy: 'Use letters, digits, underscore and hyphen, at most 64, not starting with a hyphen.',
  },
  'GUMP-W020': {
    title: 'Reserved step name',
    remedy: 'Choose another name; this one is a variable in templates.',
  },
  'GUMP-W021': {
    title: 'Two steps have the same name',
    remedy: 'Rename one; names are unique among the steps of one list.',
  },
  'GUMP-W022': {
    title: 'The kind of the step is unclear',
    remedy:
      'Give it agent or type (agent step), gate (gate step), steps (group) or workflow (workflow step).',
  },
  'GUMP-W023': { title: 'A step has both agent and steps', remedy: 'Put the agent into the inner steps.' },
  'GUMP-W024': {
    title: 'A step has both agent and workflow',
    remedy: 'Put the workflow under get: to feed the prompt, or into a step of its own.',
  },
  'GUMP-W025': { title: 'A step has both workflow and steps', remedy: 'Make two steps of it.' },
  'GUMP-W026': {
    title: 'A guard outside an agent step',
    remedy: 'Move the guard to the agent step that it should watch.',
  },
  'GUMP-W027': {
    title: 'with without workflow',
    remedy: 'Remove with, or add the workflow that gets the values.',
  },
  'GUMP-W028': { title: 'each on a step that is not a split', remedy: 'Set type: split, or remove each.' },
  'GUMP-W029': {
    title: 'A split without each',
    remedy: 'Add each: with the steps that are done for every task.',
  },
  'GUMP-W030': {
    title: 'The key does not belong on this kind of step',
    remedy: 'Remove it, or move it to a step of the kind that the message names.',
  },
  'GUMP-W031': {
    title: 'An artifact step without a prompt',
    remedy: 'Add a prompt; there is no default for free text.',
  },
  'GUMP-W032': { title: 'Unknown gate', remedy: 'Use one of the gates that the message lists.' },
  'GUMP-W033': { title: 'Illegal gate', remedy: 'Write a gate as the message shows.' },
  'GUMP-W034': { title: 'Two gates of a step have the same name', remedy: 'Rename one with name:.' },
  'GUMP-W035': { title: 'Unknown guard', remedy: 'Use one of the guards that the message lists.' },
  'GUMP-W036': {
    title: 'max_time and timeout at once',
    remedy: 'Keep one; timeout is another word for guard.max_time.',
  },
  'GUMP-W037': { title: 'Illegal name of an input', remedy: 'Use letters, digits, underscore and hyphen.' },
  'GUMP-W038': {
    title: 'A reference to a workflow is not legal',
    remedy: 'Write the name of a workflow in the playbook, or the path of a .yaml file.',
  },
  'GUMP-W039': {
    title: 'An option without effect',
    remedy: 'Remove it, or add what it needs; the message says what.',
  },
  'GUMP-W040': {
    title: 'A retry without exit',
    remedy: 'Add exit: N as the last entry; N is the last attempt.',
  },
  'GUMP-W041': {
    title: 'A retry entry needs exactly one condition',
    remedy: 'Use one of attempt, not, validate and exit.',
  },
  'GUMP-W042': { title: 'Attempts do not ascend', remedy: 'Order the attempt entries by their numbers.' },
  'GUMP-W043': {
    title: 'Entries after exit are never used',
    remedy: 'Move them before exit, or remove them.',
  },
  'GUMP-W044': {
    title: 'A retry entry never applies',
    remedy: 'Attempt 1 is the first try, so overrides start at 2 and end at exit.',
  },
  'GUMP-W045': {
    title: 'A retry entry names a gate that the step does not have',
    remedy: 'Name one of the gates of the step.',
  },
  'GUMP-W046': {
    title: 'An override that this kind of step does not have',
    remedy: 'Only agent steps have agent, session and prompt; move the retry there.',
  },
  'GUMP-W047': { title: 'A retry entry changes nothing', remedy: 'Add an override, or remove the entry.' },
  'GUMP-W048': {
    title: 'restart_from names no earlier step beside this one',
    remedy: 'Name a step that comes earlier in the same list.',
  },
  'GUMP-W050': {
    title: 'session names no step that can be continued',
    remedy: 'Name an agent step that ran before this one in the same task.',
  },
  'GUMP-W051': { title: 'foreach names no split step', remedy: 'Name a split step that comes earlier.' },
  'GUMP-W052': {
    title: 'The prompt file cannot be read',
    remedy: 'Create it beside the workflow file, or correct the path.',
  },
  'GUMP-W053': {
    title: 'The path leaves its folder',
    remedy: 'Use a relative path without ..; the file must be below its root.',
  },
  'GUMP-W060': {
    title: 'No such workflow',
    remedy: 'Use one of the workflows that gump playbook list shows.',
  },
  'GUMP-W061': {
    title: 'Workflows call each other in a circle',
    remedy: 'Break the circle at one of the calls that the message names.',
  },
  'GUMP-W062': { title: 'Workflows are nested too deeply', remedy: 'Calls may be 8 levels deep.' },
  'GUMP-W063': {
    title: 'The workflow gives no verdict',
    remedy: 'A workflow used by validate needs a top-level step of type validate.',
  },
  'GUMP-W064': {
    title: 'The workflow cannot be read',
    remedy: 'Make it a regular, readable file of UTF-8 text, of at most 1 MiB.',
  },
  'GUMP-W070': {
    title: 'Two dialects in one file',
    remedy: 'Write the whole file in one of them; the message says how the key is spelled in the other.',
  },
  'GUMP-W071': {
    title: 'inputs are not declared',
    remedy: 'Remove the block: every variable that no step provides is an input.',
  },
  'GUMP-W072': {
    title: 'Inputs indented under the workflow they belong to',
    remedy: 'Put them under with:, one level below.',
  },
  'GUMP-W073': { title: 'session: from: on one line', remedy: 'Write session: {from: step}.' },
  'GUMP-W074': { title: 'A template without quotes', remedy: 'Put quotes around it: "{name}".' },
  'GUMP-W075': {
    title: 'foreach without steps or workflow',
    remedy: 'Give the group steps or a workflow to run for each task.',
  },
  'GUMP-W076': {
    title: 'One retry policy or one per cause, not both',
    remedy: 'Use retry and strategy, or gate_fail, guard_fail and review_fail.',
  },
  'GUMP-W077': {
    title: 'Illegal strategy',
    remedy: 'Use same, "same: N", "escalate: AGENT" or "replan: AGENT".',
  },
  'GUMP-W078': {
    title: 'Key of the first versions',
    remedy: 'Write what it is called now; the message says what.',
  },
  'GUMP-W079': {
    title: 'Value that is no longer needed',
    remedy: 'Nothing to do: the value says what happens anyway.',
  },
  'GUMP-W080': {
    title: 'This has no form in the current dialect',
    remedy: 'Rewrite it by hand as the message says.',
  },
  'GUMP-W081': { title: 'The file is already in the current dialect', remedy: 'Nothing to do.' },
}
