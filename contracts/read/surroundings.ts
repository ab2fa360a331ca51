import { TypeFlags } from 'typescript/sync'
import type { SecurityModel } from '../model.ts'
import { type Ask, type Compiler, type Type, together } from './compiler.ts'
import { typeArgumentsOf } from './named.ts'
import type { Problems } from './problems.ts'
import { functionsIn, type Services, servicesOfAll, type VisibleFunctions } from './services.ts'

/** What stands around every operation of an app. */
export interface AppSurroundings {
  /** The services of the session sources. */
  readonly session: Services
  /** The app's middleware. */
  readonly middleware: VisibleFunctions
  readonly security: readonly SecurityModel[]
}

/** Reads the session sources and the middleware of an app. */
export function* readSurroundings(compiler: Compiler, definition: Type, problems: Problems): Ask<AppSurroundings> {
  const session = servicesOfAll(yield* functionsOfProperty(compiler, definition, 'session'))
  const middleware = yield* functionsOfProperty(compiler, definition, 'middleware')
  const type = yield* compiler.typeOf(definition, 'session')
  return { session, middleware, security: type ? yield* readSecurity(compiler, type, definition, problems) : [] }
}

function* functionsOfProperty(compiler: Compiler, definition: Type, name: string): Ask<VisibleFunctions> {
  const symbol = yield* compiler.checker.getPropertyOfType.gen(definition, name)
  const node = yield* compiler.declarationOf(symbol)
  if (!symbol) return { functions: [], isWhole: true }
  return node ? yield* functionsIn(compiler, node, new Set()) : { functions: [], isWhole: false }
}

function* readSecurity(
  compiler: Compiler,
  type: Type,
  definition: Type,
  problems: Problems,
): Ask<readonly SecurityModel[]> {
  if (type.flags & TypeFlags.VoidLike) return []
  const arrayLike = type.isTupleType() || (yield* compiler.checker.isArrayType.gen(type))
  const sources = arrayLike ? yield* typeArgumentsOf(compiler, type) : [type]
  const read = yield* together(sources.map((source) => readSource(compiler, source)))
  if (read.some((source) => !source)) {
    const symbol = yield* compiler.checker.getPropertyOfType.gen(definition, 'session')
    const message =
      'Where a session comes from has to be known to the compiler. Make it by session.bearer(…), session.cookie({ … }), ' +
      'session.apiKey({ … }), jwt({ … }) or sealed({ … }), with names written out.'
    problems.add('PK1004', yield* compiler.declarationOf(symbol), message)
  }
  return read.filter((source) => source !== undefined)
}

function* readSource(compiler: Compiler, source: Type): Ask<SecurityModel | undefined> {
  const [from, name, format] = yield* together(['from', 'name', 'format'].map((key) => textOf(compiler, source, key)))
  if (from === 'bearer') return { from, ...(format === undefined ? {} : { format }) }
  return (from === 'cookie' || from === 'header') && name !== undefined ? { from, name } : undefined
}

function* textOf(compiler: Compiler, type: Type, property: string): Ask<string | undefined> {
  const found = yield* compiler.typeOf(type, property)
  return found?.isStringLiteralType() ? found.value : undefined
}
