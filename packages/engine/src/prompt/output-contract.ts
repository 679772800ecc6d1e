import type { StepType } from '@gump/schema'

/** How an agent hands over its output; the same words for every step of a type, so that caches can keep them. */
export function outputContract(type: StepType): string {
  switch (type) {
    case 'code':
      return ''
    case 'split':
      return 'Write the tasks to `.gump/out/plan.json` as a JSON array: `[{"name": "short-name", "description": "what to do and how to check it", "files": ["paths or globs it may change"]}]`. `files` may be left out.'
    case 'validate':
      return 'Write your verdict to `.gump/out/validate.json`: `{"pass": true or false, "comments": "what must change, concretely"}`.'
    case 'artifact':
      return 'Write your result to `.gump/out/artifact.md`.'
  }
}
