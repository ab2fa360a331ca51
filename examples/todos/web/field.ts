import { isError } from './api.ts'
import { h } from './dom.ts'

/** Something to fill in, with its label, and room for what is wrong with it. */
export interface Field {
  readonly element: HTMLElement
  readonly input: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
  /** What to say instead of the contract's own words, by the code of the issue. */
  readonly advice: Readonly<Record<string, string>>
  /** Says what is wrong; an empty text takes it back. */
  complain(message: string): void
}

let count = 0

/** Puts a label and a place for messages around an input. */
export function field(label: string, input: Field['input'], advice: Field['advice'] = {}): Field {
  input.id ||= `field-${++count}`
  const problem = h('p', { className: 'field-problem', id: `${input.id}-problem`, hidden: true })
  const caption = h('label', { htmlFor: input.id, textContent: label, className: 'field-label' })
  const complain = (message: string) => {
    problem.textContent = message
    problem.hidden = message === ''
    input.setAttribute('aria-invalid', String(message !== ''))
    input.setAttribute('aria-describedby', message ? problem.id : '')
  }
  input.addEventListener('input', () => complain(''))
  return { element: h('div', { className: 'field' }, caption, input, problem), input, advice, complain }
}

/**
 * Shows what the contract has against an input beside the fields concerned, by the paths of its issues,
 * and focuses the first. Gives `false` when the error is about something else.
 */
export function complainAbout(error: unknown, fields: Readonly<Record<string, Field>>): boolean {
  if (!isError(error, 'INVALID_INPUT') || !error.issues) return false
  const concerned: Field[] = []
  for (const { path, message, code } of error.issues) {
    const [name = ''] = path
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!field || concerned.includes(field)) continue
    field.complain(Object.hasOwn(field.advice, code) ? (field.advice[code] ?? message) : message)
    concerned.push(field)
  }
  concerned[0]?.input.focus()
  return concerned.length > 0
}
