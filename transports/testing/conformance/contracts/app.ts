// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

/** What `app.postAdminOwnersOwner` takes. */
export interface PostAdminOwnersOwnerInput {
  owner: string
}
export const PostAdminOwnersOwnerInput = z.object({ owner: z.string() })

/** What `app.postAdminOwnersOwner` gives. */
export type PostAdminOwnersOwnerOutput = string
export const PostAdminOwnersOwnerOutput = z.string()
