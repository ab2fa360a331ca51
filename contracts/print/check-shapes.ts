import type { Diagnostic, Location } from '../diagnostic.ts'
import type { NamedType } from '../model.ts'
import type { Property, Shape } from '../shape.ts'
import { fits } from './fits.ts'
import { resolve, type Types } from './overlap.ts'
import { partsOf } from './parts.ts'
import { arrange } from './union.ts'
import { literalKeys } from './zod-text.ts'

/** Looks for what no schema can say, at each named type once, where it is first met. */
export class ShapeChecker {
  /** The named types that were looked at. */
  readonly seen = new Set<NamedType>()
  readonly #types: Types
  readonly #passed: WeakSet<NamedType>

  /** @param passed types that need not be looked at */
  constructor(types: Types, passed: WeakSet<NamedType>) {
    this.#types = types
    this.#passed = passed
  }

  check(shape: Shape, path: string, at: Location): Diagnostic[] {
    const found: Diagnostic[] = []
    this.#visit(shape, path, (code, message, where) => found.push({ code, at, message, path: where }))
    return found
  }

  #visit(shape: Shape, path: string, report: Report): void {
    if (shape.default !== undefined && !fits(shape, shape.default, this.#types)) {
      const value = JSON.stringify(shape.default)
      report('PK1202', `The default is no value of its type: ${value}. Write one that is, as JSON.`, path)
    }
    if (shape.kind === 'ref') {
      const type = this.#types.get(shape.name)
      if (type && (this.seen.has(type) || this.#passed.has(type))) return
      if (type) this.seen.add(type)
      this.#visit(resolve(shape, this.#types), path, report)
      return
    }
    this.#checkOwn(shape, path, report)
    const isNamed = shape.kind === 'object' || shape.kind === 'keyed'
    for (const [position, part] of partsOf(shape).entries()) {
      const property = isNamed ? shape.properties[position] : undefined
      const step = property ? `.${property.name}` : shape.kind === 'union' ? '' : '[]'
      this.#visit(part, path + step, report)
    }
  }

  #checkOwn(shape: Shape, path: string, report: Report): void {
    if (shape.kind === 'union' && arrange(shape, this.#types).clash) {
      const message =
        'Two members of this union have different properties, and nothing says which of the two a value is, so some ' +
        "would be lost. Give each a property that tells them apart, such as `kind: 'a'`."
      report('PK2009', message, path)
    }
    if (shape.kind === 'object' || shape.kind === 'keyed') {
      for (const { name } of shape.properties.filter(isInherited)) {
        const message = `A property that can be absent cannot be named ${name}: every object in JavaScript has one.`
        report('PK2010', message, `${path}.${name}`)
      }
    }
    if (shape.kind === 'object' && shape.index && shape.properties.length > 0 && isForm(shape.index.key)) {
      const message =
        'Properties beside keys of one form cannot be checked. Put what has such keys into a property of its own.'
      report('PK2011', message, path)
    }
    if (shape.kind === 'record' && literalKeys(shape.key, this.#types)?.includes('__proto__')) {
      report('PK2010', 'No key can be named __proto__.', path)
    }
  }
}

type Report = (code: Diagnostic['code'], message: string, path: string) => void

/** Whether every object has such a property already, by inheritance, so that what is absent would be there. */
function isInherited({ name, optional, shape }: Property): boolean {
  return name === '__proto__' || (name in Object.prototype && (optional || shape.kind === 'unknown'))
}

/** Whether not every text is such a key. */
function isForm(key: Shape): boolean {
  return key.kind !== 'string' || ['minLength', 'maxLength', 'pattern', 'format'].some((rule) => rule in key)
}
