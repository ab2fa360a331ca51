import { everyOperation } from '../channels.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { AppModel } from '../model.ts'
import type { Property, Shape } from '../shape.ts'
import { memoize } from './memoize.ts'
import { resolve } from './overlap.ts'
import { partsOf } from './parts.ts'

/** Reports headers that stand on anything but a property of an input itself, and those that are there twice. */
export function* checkHeaders(model: AppModel): Generator<Diagnostic> {
  const { types } = model
  const isInNamed = [...types.values()].some(({ shape }) => hasHeader(shape))
  for (const { name, at, input, output } of everyOperation(model)) {
    const top = input && resolve(input, types)
    const own = top?.kind === 'object' ? top.properties : []
    const twice = own.find(({ header }, index) => header && own.findIndex((other) => other.header === header) < index)
    if (twice) {
      const message = `Two properties come from the header ${twice.header}. Take one of them away, or name another header.`
      yield { code: 'PK2014', at, message, path: `${name} input.${twice.name}` }
    }
    const inner = [...own.map(({ shape }) => shape), ...(top && top.kind !== 'object' ? [top] : [])]
    const shapes = output ? [...inner, output] : inner
    const named = isInNamed ? namesIn(shapes, types) : []
    const reached = [...shapes, ...Array.from(named, (type) => types.get(type)?.shape)].flatMap(propertiesIn)
    const wrong = reached.find(({ header }) => header)
    if (!wrong) continue
    const message = `@header stands on \`${wrong.name}\`, which is no property of an input itself, and nothing else comes from a header.`
    yield { code: 'PK2014', at, message, path: name }
  }
}

const hasHeader = memoize((shape: Shape) => propertiesIn(shape).some(({ header }) => header))

/** The properties in a shape, those of named types aside. */
function propertiesIn(shape: Shape | undefined): Property[] {
  if (!shape) return []
  const own = shape.kind === 'object' || shape.kind === 'keyed' ? shape.properties : []
  return [...own, ...partsOf(shape).flatMap(propertiesIn)]
}

/** The named types that shapes lead to. */
function namesIn(shapes: readonly Shape[], types: AppModel['types']): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (shape: Shape): void => {
    if (shape.kind === 'ref' && !names.has(shape.name)) {
      names.add(shape.name)
      const named = types.get(shape.name)
      if (named) visit(named.shape)
    }
    for (const part of partsOf(shape)) visit(part)
  }
  for (const shape of shapes) visit(shape)
  return names
}
