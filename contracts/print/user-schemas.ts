import { posix } from 'node:path'
import type { AppModel } from '../model.ts'
import type { SchemaShape, Shape } from '../shape.ts'
import { having, leadsTo } from './leading.ts'
import { memoize } from './memoize.ts'
import type { Types } from './overlap.ts'
import { stringText } from './text.ts'

/** The user's own schema that a named type is, if it is one. */
export function userSchemaOf(shape: Shape, types: Types): SchemaShape | undefined {
  let current: Shape | undefined = shape
  for (let steps = 0; current?.kind === 'ref' && steps <= types.size; steps++) current = types.get(current.name)?.shape
  return current?.kind === 'schema' ? current : undefined
}

/** Tells which shapes lead to a schema of the user's: these cannot be parsed without it. */
export function leadsToUserSchema({ types }: AppModel): (shape: Shape) => boolean {
  return leadingTo(types)
}

const leadingTo = memoize((types: Types) => leadsTo(types, isUserSchema))
const isUserSchema = having(({ kind }) => kind === 'schema')

/** The modules of the user that a file of schemas imports, by the name that each has there. */
export class UserModules {
  readonly #names = new Map<string, string>()

  /** @param taken the names that the file declares itself. */
  constructor(schemas: readonly SchemaShape[], taken: ReadonlySet<string>) {
    for (const module of new Set(schemas.map((schema) => schema.module))) {
      let name = 'own'
      for (let next = 2; taken.has(name) || [...this.#names.values()].includes(name); next++) name = `own${next}`
      this.#names.set(module, name)
    }
  }

  /** `own.Address`, or `own.Money.codec` */
  text({ module, export: name, member, mini }: SchemaShape): string {
    const schema = [this.#names.get(module), name, ...(member === undefined ? [] : [member])].join('.')
    // Those of Zod Mini cannot be made optional by a method, nor decode by one.
    return mini ? `z.lazy(() => ${schema})` : schema
  }

  imports(file: string, extension: string): string[] {
    const up = '../'.repeat(file.split('/').length - 1)
    return [...this.#names].map(([module, name]) => {
      const path = stringText(withExtension(posix.join(up, module), extension))
      return `import * as ${name} from ${path}`
    })
  }
}

/** How a source file is named by those that import it. */
function withExtension(path: string, extension: string): string {
  if (extension === '.ts') return path
  const [, bare = path, letter = ''] = /^(.*)\.([cm]?)tsx?$/.exec(path) ?? []
  return extension === '' && letter === '' ? bare : `${bare}.${letter}js`
}
