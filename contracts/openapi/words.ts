import type { OperationModel } from '../model.ts'
import { pathParameters } from '../parameters.ts'

/** The first sentence of the doc comment, and all of it. */
export function describe({ name, exportName, description, deprecated, permissions }: OperationModel): {
  summary: string
  description: string
} {
  const text = description?.trim() || wordsOf(exportName)
  const reason = typeof deprecated === 'string' ? `\n\nDeprecated: ${deprecated}` : ''
  const needed = permissions ? `\n\nNeeds ${permissions.map((permission) => `\`${permission}\``).join(' and ')}.` : ''
  const [first = text] = text.split(/(?<=[.!?])\s|\n\s*\n/, 1)
  const summary = first.replace(/\s+/g, ' ').replace(/\.$/, '')
  return { summary, description: (description ? text : `The operation \`${name}\`.`) + needed + reason }
}

/** `signOut` is `Sign out`. */
function wordsOf(name: string): string {
  const words = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `/todos/:id` is `/todos/{id}`. */
export function toTemplate(path: string): string {
  return pathParameters(path).reduce((template, name) => template.replace(`:${name}`, `{${name}}`), path)
}
