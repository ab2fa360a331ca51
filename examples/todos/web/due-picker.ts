import { daysToMonday, fromField, laterToday, morning, toField } from './dates.ts'
import { h } from './dom.ts'
import { type Field, field } from './field.ts'

/** A date to be picked, with the usual ones a press away. */
export interface DuePicker {
  readonly element: HTMLElement
  readonly field: Field
  get(): Date | undefined
  set(due: Date | undefined): void
}

/** Makes a due date picker. */
export function createDuePicker(initial?: Date): DuePicker {
  const input = h('input', { type: 'datetime-local', name: 'due', value: toField(initial) })
  const due = field('Due', input)
  const set = (date: Date | undefined) => {
    input.value = toField(date)
    input.dispatchEvent(new Event('input'))
  }
  const choice = (label: string, date: () => Date | undefined) =>
    h('button', { type: 'button', className: 'chip', textContent: label, onclick: () => set(date()) })
  const clear = choice('No date', () => undefined)
  const refresh = () => (clear.hidden = input.value === '')
  input.addEventListener('input', refresh)
  refresh()
  const element = h(
    'div',
    { className: 'due-picker', role: 'group', ariaLabel: 'Due date' },
    due.element,
    choice('Today', laterToday),
    choice('Tomorrow', () => morning(1)),
    choice('Next week', () => morning(daysToMonday())),
    clear,
  )
  return { element, field: due, get: () => fromField(input.value), set }
}
