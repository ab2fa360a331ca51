import { defineError } from 'pikku'
import type { Queryable } from '../database/index.ts'
import { NotFound } from '../errors.ts'
import { func } from '../pikku.ts'

/** A list of todos. */
export interface List {
  /** @format uuid */
  id: string
  /**
   * @minLength 1
   * @maxLength 60
   * @pattern \S
   */
  name: string
  /** How many todos of it are open. */
  open: number
  /** How many are done. */
  done: number
}

export class TooManyLists extends defineError('TOO_MANY_LISTS', {
  status: 409,
  detail: 'These are as many lists as you can have.',
})<{
  limit: number
}> {}

const limit = 50

/** Your lists, the oldest first, with how much is in them. */
export const list = func(({ db }, _input, { session }): Promise<List[]> => select(db, session.userId))

/** Makes an empty list. */
export const create = func(
  async ({ db, hub }, { name }: Pick<List, 'name'>, { session: { userId } }): Promise<List> => {
    const created = await db.transaction(async (db) => {
      // The user's row is locked, so that two calls at once cannot both take the last place.
      await db.query('select id from users where id = $1 for update', [userId])
      const lists = await db.query('select id from lists where user_id = $1', [userId])
      if (lists.length >= limit) throw new TooManyLists({ limit })
      return db.query<{ id: string }>('insert into lists (user_id, name) values ($1, $2) returning id', [
        userId,
        name.trim(),
      ])
    })
    hub.publish(userId, { type: 'lists' })
    return one(await select(db, userId, created[0]?.id), '')
  },
)

/** Gives a list another name. */
export const rename = func(
  async ({ db, hub }, { id, name }: Pick<List, 'id' | 'name'>, { session: { userId } }): Promise<List> => {
    await db.query('update lists set name = $3 where id = $1 and user_id = $2', [id, userId, name.trim()])
    hub.publish(userId, { type: 'lists' })
    return one(await select(db, userId, id), id)
  },
)

/** Removes a list and all that is in it. */
export const remove = func(async ({ db, hub }, { id }: Pick<List, 'id'>, { session: { userId } }): Promise<void> => {
  one(await db.query('delete from lists where id = $1 and user_id = $2 returning id', [id, userId]), id)
  hub.publish(userId, { type: 'lists' })
})

function select(db: Queryable, userId: string, id?: string): Promise<List[]> {
  return db.query<List>(
    `select lists.id, lists.name,
       count(todos.id) filter (where done_at is null)::int as open,
       count(done_at)::int as done
     from lists left join todos on todos.list_id = lists.id
     where lists.user_id = $1 and ($2::uuid is null or lists.id = $2)
     group by lists.id order by lists.created_at, lists.id`,
    [userId, id],
  )
}

function one<Row>([row]: readonly Row[], id: string): Row {
  if (row === undefined) throw new NotFound({ id })
  return row
}
