import type { AppModel, NamedType, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { arrangementsOf } from './arrangements.ts'
import type { DeclarationOrder } from './declaration-order.ts'
import { firstLine, importPath } from './header.ts'
import type { KeptTexts, TypeMarks } from './kept.ts'
import { render } from './layout.ts'
import { refsOf } from './parts.ts'
import { outputWords, type Places, schemasOf, sharedFile } from './places.ts'
import { commentText } from './text.ts'
import { declarationText, notesText } from './type-text.ts'
import type { Arranged } from './union.ts'
import { UserModules } from './user-schemas.ts'
import { namespacesOf, type ZodContext, zodLayout } from './zod-text.ts'

/** What was printed before of types, and what says whether it is still to be printed so. */
export interface TypeTexts {
  readonly texts: KeptTexts
  readonly marks: TypeMarks
}

/** The text of one file of schemas: the named types that stand in it, then its operations. */
export function moduleText(
  file: string,
  model: AppModel,
  places: Places,
  extension: string,
  order: DeclarationOrder,
  kept?: TypeTexts,
): string {
  const { types, operations } = places.contents.get(file) ?? { types: [], operations: [] }
  const positionOf = ({ name }: NamedType): number => order.positions.get(name) ?? 0
  const named = types.toSorted((one, other) => positionOf(one) - positionOf(other))
  const schemas = named.flatMap(({ shape }) => (shape.kind === 'schema' ? [shape] : []))
  const userModules = new UserModules(schemas, schemas.length > 0 ? declaredNames(places) : new Set())
  const writer = new ModuleWriter(named, model, places, order.lazy, userModules, kept)
  const body = [...writer.types(), ...operations.flatMap((operation) => [...writer.operation(operation)])].join('\n')
  const imports: string[] = []
  const shapes = [...named.map(({ shape }) => shape), ...operations.flatMap(schemasOf)]
  const used = writer.namespaces(shapes.filter((shape) => shape !== undefined))
  if (used.has('wire')) imports.push("import * as wire from 'pikku/wire'")
  if (used.has('z')) imports.push("import * as z from 'zod'")
  imports.push(...userModules.imports(file, extension))
  const foreign = foreignNames(file, shapes, places)
  if (foreign.length > 0) {
    const from = importPath(file, sharedFile, extension)
    const flat = `import { ${foreign.join(', ')} } from ${from}`
    imports.push(
      flat.length <= 120 ? flat : `import {\n${foreign.map((name) => `  ${name},\n`).join('')}} from ${from}`,
    )
  }
  return `${firstLine}\n${imports.join('\n')}\n\n${body}`
}

function declaredNames(places: Places): ReadonlySet<string> {
  return new Set([...places.types.values()].map(({ name }) => name))
}

/** The shared types that a file speaks of. */
function foreignNames(file: string, shapes: readonly (Shape | undefined)[], places: Places): string[] {
  const names = new Set<string>()
  for (const ref of shapes.flatMap((shape) => (shape ? refsOf(shape) : []))) {
    const type = places.types.get(ref)
    if (type && type.file !== file) names.add(type.name)
  }
  return [...names].sort()
}

class ModuleWriter {
  readonly #named: readonly NamedType[]
  readonly #model: AppModel
  readonly #places: Places
  readonly #late = new Set<string>()
  readonly #lazy: ReadonlySet<string>
  readonly #written = new Set<string>()
  readonly #userModules: UserModules
  readonly #arranged: (union: Shape) => Arranged
  readonly #kept: TypeTexts | undefined

  constructor(
    named: readonly NamedType[],
    model: AppModel,
    places: Places,
    lazy: ReadonlySet<string>,
    userModules: UserModules,
    kept: TypeTexts | undefined,
  ) {
    this.#named = named
    this.#kept = kept
    this.#userModules = userModules
    this.#lazy = lazy
    this.#model = model
    this.#arranged = arrangementsOf(model.types)
    this.#places = places
    for (const { name } of this.#named) this.#late.add(name)
  }

  *types(): Generator<string> {
    for (const type of this.#named) {
      // Behind z.lazy nothing is late.
      if (this.#lazy.has(type.name)) this.#late.delete(type.name)
      yield this.#typeText(type)
      this.#late.delete(type.name)
    }
  }

  /** The text of a type, which is kept unless it speaks of a schema of the user's. */
  #typeText(type: NamedType): string {
    const mark = this.#kept?.marks.get(type.name)
    if (!this.#kept || mark === undefined || type.shape.kind === 'schema') return this.#printType(type)
    const { texts } = this.#kept
    const known = texts.get(type)
    if (known?.mark === mark && [...known.late].every(([name, isLate]) => this.#late.has(name) === isLate)) {
      return known.text
    }
    const late = new Map<string, boolean>()
    const text = this.#printType(type, late)
    texts.set(type, { mark, late, text })
    return text
  }

  /** @param asked gets what is asked about types that are made later. */
  #printType(type: NamedType, asked?: Map<string, boolean>): string {
    const { name } = this.#places.types.get(type.name) ?? type
    const context = this.#context(this.#places.inputs.has(type.name), asked)
    const declared = declarationText(name, type.shape, context, commentText(notesText(type.shape)))
    const isLazy = this.#lazy.has(type.name)
    return declared + (isLazy ? this.#lazySchema(name, type.shape, context) : this.#schema(name, type.shape, context))
  }

  *operation(operation: OperationModel): Generator<string> {
    const place = this.#places.operations.get(operation)
    if (!place) return
    const { input, output, errors } = operation
    if (input && place.input) yield* this.#alias(place.input, input, true, `What \`${operation.name}\` takes.`)
    if (output && place.output) yield* this.#alias(place.output, output, false, outputWords(operation))
    for (const { code, data } of errors) {
      const name = place.errors.get(code)
      if (data && name !== undefined) yield* this.#alias(name, data, false, `What comes with \`${code}\`.`)
    }
  }

  *#alias(name: string, shape: Shape, input: boolean, words: string): Generator<string> {
    if (this.#written.has(name)) return
    this.#written.add(name)
    const comment = commentText(notesText(shape) || words)
    if (shape.kind === 'ref') {
      const type = this.#places.types.get(shape.name)
      if (type?.name === name) {
        if (type.file === sharedFile && !this.#named.some((named) => named.name === shape.name))
          yield `export { ${name} }\n`
        return
      }
      const target = this.#context(input).nameOf(shape.name)
      yield `${comment}export type ${name} = ${target}\nexport const ${name} = ${target}\n`
      return
    }
    const context = this.#context(input)
    const declared = declarationText(name, shape, context, comment)
    yield declared + this.#schema(name, shape, context)
  }

  #schema(name: string, shape: Shape, context: ZodContext): string {
    return `${render([`export const ${name} = `, zodLayout(shape, context)])}\n`
  }

  #lazySchema(name: string, shape: Shape, context: ZodContext): string {
    const layout = zodLayout(shape, { ...context, isLate: () => false })
    // Its own type cannot be inferred from itself.
    const open = `export const ${name}: z.ZodType<${name}> = z.lazy(() =>`
    const flat = render(layout, '', open.length + 1, 1)
    if (!flat.includes('\n') && open.length + flat.length + 2 <= 120) return `${open} ${flat})\n`
    return `${open}\n  ${render(layout, '  ', 2, 1)},\n)\n`
  }

  /** The imports that the schemas of these shapes speak of. */
  namespaces(shapes: readonly Shape[]): ReadonlySet<string> {
    const context = this.#context(false)
    const found = new Set<string>()
    for (const shape of shapes) {
      for (const namespace of namespacesOf(shape, context)) found.add(namespace)
      // There are no more.
      if (found.size === 2) break
    }
    return found
  }

  #context(input: boolean, asked?: Map<string, boolean>): ZodContext {
    return {
      types: this.#model.types,
      input,
      isRecursive: (type) => this.#model.types.get(type)?.recursive === true,
      nameOf: (type) => this.#places.types.get(type)?.name ?? type,
      isLate: (type) => {
        const isLate = this.#late.has(type)
        asked?.set(type, isLate)
        return isLate
      },
      userSchema: (schema) => this.#userModules.text(schema),
      arranged: this.#arranged,
    }
  }
}
