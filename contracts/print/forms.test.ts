import assert from 'node:assert/strict'
import { test } from 'node:test'
import type * as z from 'zod'
import { Todo } from './testing/golden/todos/shared.ts'
import { CreateInput } from './testing/golden/todos/todos.ts'

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false

/** Holds only when the compiler agrees. */
function agrees<Holds extends true>(_holds?: Holds): void {}

const title = 'Milk'

test('a form extends a printed schema: what was there stays as strict as it was', () => {
  const form = CreateInput.extend({ again: CreateInput.shape.title })
  agrees<Equal<z.output<typeof form>, { title: string; due?: Date | undefined; again: string }>>()
  agrees<Equal<z.input<typeof form>, { title: string; due?: string | undefined; again: string }>>()
  const due = '2026-11-22T09:30:00.000Z'
  assert.deepEqual(form.parse({ title, again: title, due }), { title, again: title, due: new Date(due) })
  const { error } = form.safeParse({ title: '', again: 'x'.repeat(201) })
  assert.deepEqual(
    error?.issues.map(({ path, code }) => [path, code]),
    [
      [['title'], 'too_small'],
      [['again'], 'too_big'],
    ],
  )
})

test('a form takes a part of a printed schema, and checks fields one by one', () => {
  const part = Todo.pick({ title: true })
  agrees<Equal<z.output<typeof part>, { title: string }>>()
  assert.deepEqual(part.parse({ title, id: 'dropped' }), { title })
  assert.equal(Todo.shape.title.safeParse('').success, false)
  const rest = Todo.omit({ title: true })
  agrees<Equal<'title' extends keyof z.output<typeof rest> ? true : false, false>>()
  assert.equal('title' in rest.shape, false)
})

test('a draft lacks what it likes, and holds what it has to the rules', () => {
  const draft = CreateInput.partial()
  agrees<Equal<z.output<typeof draft>, { title?: string | undefined; due?: Date | undefined }>>()
  assert.deepEqual(draft.parse({}), {})
  assert.equal(draft.safeParse({ title: '' }).success, false)
  const whole = draft.required({ title: true })
  assert.equal(whole.safeParse({}).success, false)
})

test('rules of the form stand beside those of the contract', () => {
  const form = CreateInput.refine(({ title, due }) => title !== 'Later' || due !== undefined, {
    path: ['due'],
    error: 'When?',
  })
  agrees<Equal<z.output<typeof form>, { title: string; due?: Date | undefined }>>()
  assert.deepEqual(
    form.safeParse({ title: 'Later' }).error?.issues.map(({ path, message }) => [path, message]),
    [[['due'], 'When?']],
  )
  assert.equal(form.safeParse({ title }).success, true)
})
