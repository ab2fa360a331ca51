// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'
import { Todo } from './shared.ts'

/** What `lists.due` gives. */
export type DueOutput = Todo[]
export const DueOutput = z.array(Todo)
