// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

export interface Category {
  name: string
  children: Category[]
  parent?: Category | null | undefined
  at: Date
}
export const Category = z.object({
  name: z.string(),
  get children() {
    return z.array(Category)
  },
  get parent() {
    return Category.nullable().optional()
  },
  at: wire.date(),
})

export interface Leaf {
  kind: 'leaf'
  value: bigint
}
export const Leaf = z.object({
  kind: z.literal('leaf'),
  value: wire.bigint(),
})

export interface Branch {
  kind: 'branch'
  nodes: Tree[]
  meta: { first?: Tree | undefined }
}
export const Branch = z.object({
  kind: z.literal('branch'),
  get nodes() {
    return z.array(Tree)
  },
  meta: z.object({
    get first() {
      return Tree.optional()
    },
  }),
})

export type Tree = Leaf | Branch
export const Tree = z.discriminatedUnion('kind', [Leaf, Branch])

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export const Json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(Json), z.record(z.string(), Json)]).nullable(),
)

export interface Bag {
  [key: string]: Bag
}
export const Bag: z.ZodType<Bag> = z.lazy(() => z.object({}).catchall(Bag))

/** What `recursion.all` gives. */
export interface AllOutput {
  category: Category
  tree: Tree
  json: Json
  bag: Bag
}
export const AllOutput = z.object({
  category: Category,
  tree: Tree,
  json: Json,
  bag: Bag,
})
