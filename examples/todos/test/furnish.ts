import { openDatabase } from '../src/database/index.ts'
import { signUp } from '../src/functions/account.ts'
import * as lists from '../src/functions/lists.ts'
import * as todos from '../src/functions/todos.ts'
import { Hub } from '../src/hub.ts'
import { callOf } from './call.ts'

/** Somebody whose database is furnished. */
export const ada = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'correct horse' }

/** Fills an empty database with a week in the life of {@link ada}. */
export async function furnish(address: string): Promise<void> {
  await using db = await openDatabase(address)
  const services = { db, hub: new Hub<todos.Change>() }
  const { id } = await signUp(services, ada, callOf(undefined))
  const call = callOf({ userId: id, id: '' })
  const [personal] = await lists.list(services, undefined, call)
  if (!personal) throw new Error('A sign-up makes a first list.')
  const work = await lists.create(services, { name: 'Work' }, call)
  const trip = await lists.create(services, { name: 'Trip to Lisbon' }, call)
  const add = (list: { id: string }, title: string, rest: { due?: Date; notes?: string } = {}) =>
    todos.create(services, { list: list.id, title, ...rest }, call)

  for (const [daysAgo, count] of [2, 1, 4, 2, 0, 3, 5].entries()) {
    for (let done = 0; done < count; done++) {
      const { id } = await add(personal, `Done ${daysAgo}.${done}`)
      await db.query('update todos set done_at = $2 where id = $1', [id, at(-daysAgo, 0)])
    }
  }
  await add(trip, 'Learn to say thank you in Portuguese')
  await add(trip, 'Book the night train', { due: at(12, 9) })
  const notes = 'Something with plants. The shop by the canal closes at six.'
  await add(personal, 'A present for Sam', { due: at(5, 18), notes })
  await add(work, 'Read the new design and answer the open questions', { due: at(1, 9) })
  await add(personal, 'Water the tomatoes', { due: at(0, 23) })
  await add(work, 'Send the invoice for October', { due: at(-1, 17) })
}

function at(days: number, hour: number): Date {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)
}
