import { resolve } from 'node:path'
import type { Diagnostic } from '../diagnostic.ts'
import type { AppModel, OwnSchema } from '../model.ts'
import { withJson } from './bound.ts'
import { type Answer, type PrintedSchema, runSchemas, type SchemaPlace } from './run.ts'
import { keyOf, type SchemaUse, usesIn } from './uses.ts'

/** A model whose schemas of the user's say what they ask for, and what could not be said. */
export interface Documented {
  readonly model: AppModel
  readonly warnings: readonly Diagnostic[]
}

/** Runs the user's schemas for documents and the lock, and again when their files have changed. */
export class SchemaRunner {
  readonly #root: string
  readonly #out: string
  #last: { readonly asked: string; readonly answer: Answer } | undefined

  /** @param out the folder of the contracts, from which the model names modules. Absolute, as the root. */
  constructor(root: string, out: string) {
    this.#root = root
    this.#out = out
  }

  /** @param changed the files that have changed since the last time; absent when any may have. */
  document(model: AppModel, changed?: readonly string[]): Documented {
    const uses = usesIn(model)
    if (uses.size === 0) return { model, warnings: [] }
    const places = [...uses.values()].map(({ schema, side }): SchemaPlace => {
      const { module, export: name, member } = schema
      return { file: resolve(this.#out, module), export: name, side, ...(member === undefined ? {} : { member }) }
    })
    const { schemas } = this.#run(places, changed)
    const printed = new Map([...uses.keys()].map((key, at) => [key, schemas[at]] as const))
    const warnings = [...uses].flatMap(([key, use]) => warningsOf(use, printed.get(key)))
    const jsonOf = (schema: OwnSchema, side: SchemaUse['side']) => {
      const found = printed.get(keyOf(schema, side))
      return found && 'json' in found ? found.json : undefined
    }
    return { model: withJson(model, jsonOf), warnings }
  }

  #run(places: readonly SchemaPlace[], changed: readonly string[] | undefined): Answer {
    const asked = JSON.stringify(places)
    const last = this.#last
    const isKnown = changed && last?.asked === asked && last.answer.files.length > 0
    if (isKnown && !changed.some((file) => last.answer.files.includes(file))) return last.answer
    const answer = runSchemas(places, this.#root)
    this.#last = { asked, answer }
    return answer
  }
}

function warningsOf({ schema, at, path }: SchemaUse, printed: PrintedSchema | undefined): Diagnostic[] {
  const name = `${schema.export} of ${schema.module.replace(/^(?:\.\.\/)+/, '')}`
  const place = { ...(at ? { at } : {}), ...(path === undefined ? {} : { path }) }
  if (!printed || 'because' in printed) {
    const message = `Documents and the lock know ${name} by its type, without its refinements: ${printed?.because}.`
    return [{ code: 'PK1303', message, ...place }]
  }
  if (!printed.isOneWay) return []
  const message = `${name} is run backwards on what functions give, and a transform in it goes forwards only, so that such calls fail. Write z.codec, which goes both ways.`
  return [{ code: 'PK1304', message, ...place }]
}
