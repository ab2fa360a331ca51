import type { ErrorModel, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import type { Problems } from './problems.ts'
import { mapParts } from './reach.ts'
import type { Registry } from './registry.ts'

/** Operations with each of their errors once; reports those that share a code and are not the same. */
export function settleErrors(
  operations: readonly OperationModel[],
  registry: Registry,
  problems: Problems,
): readonly OperationModel[] {
  return operations.map((operation) => {
    const byCode = new Map<string, ErrorModel>()
    for (const error of operation.errors) {
      const other = byCode.get(error.code)
      if (!other) byCode.set(error.code, error)
      else if (!isSame(error, other, registry)) {
        const what =
          error.status === other.status ? 'different data' : `the statuses ${other.status} and ${error.status}`
        const message = `${operation.name} throws two errors with the code ${error.code} and ${what}, and a caller has nothing but the code to tell them apart. Throw one of them only, or give each a code of its own.`
        problems.add('PK1007', operation.at, message, operation.name)
      }
    }
    return byCode.size === operation.errors.length ? operation : { ...operation, errors: [...byCode.values()] }
  })
}

function isSame(left: ErrorModel, right: ErrorModel, registry: Registry): boolean {
  return (
    left === right || (left.status === right.status && textOf(left.data, registry) === textOf(right.data, registry))
  )
}

/** The form of the data: a type without a name is written out, one with a name stands for itself. */
function textOf(data: Shape | undefined, registry: Registry): string {
  const written = new Set<string>()
  const write = (shape: Shape): Shape => {
    if (shape.kind !== 'ref' || written.has(shape.name)) return mapParts(shape, write)
    const { name, shape: body } = registry.get(shape.name)
    if (!body || (name && !name.ofPlatform)) return shape
    written.add(shape.name)
    return write(body)
  }
  return JSON.stringify(data && write(data), (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
