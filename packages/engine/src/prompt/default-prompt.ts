import type { AgentStep } from '@gump/schema'

/** The prompt of a step that brings none, as a template. An artifact step always brings its own. */
export function defaultPrompt(step: AgentStep, inTask: boolean): string {
  switch (step.type) {
    case 'split':
      return [
        'Read the specification and the code it touches. Split the work into small tasks that can be done and checked one by one, in an order that works.',
        'Change no file of the project.',
        '',
        '{spec}',
      ].join('\n')
    case 'validate':
      return [
        'Judge whether the change below does what the specification asks for, completely and without side effects.',
        'Change no file of the project.',
        '',
        '## Specification',
        '{spec}',
        '',
        '## Change',
        '{diff}',
      ].join('\n')
    case 'code':
    case 'artifact':
      return inTask
        ? [
            'Implement this task, and nothing else.',
            '',
            '{task.name}',
            '{task.description}',
            '',
            '{task.files}',
          ].join('\n')
        : ['Implement what the specification asks for, and nothing else.', '', '{spec}'].join('\n')
  }
}
