import type { Parameter } from '../../core/index.ts'
import type { InputSource } from './source.ts'
import { readField, toWire } from './text-field.ts'

/** The properties of the input that travel beside the body, as far as they were sent. */
export function readParameters(source: InputSource, parameters: readonly Parameter[]): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const parameter of parameters) {
    const value = readParameter(source, parameter)
    // What comes as a header comes from nowhere else, the body neither.
    if (value !== undefined || parameter.in === 'header') input[parameter.name] = value
  }
  return input
}

function readParameter(source: InputSource, parameter: Parameter): unknown {
  if (parameter.in === 'path') return toWire(source.param(parameter.name) ?? '', parameter.type)
  if (parameter.in === 'query') return readField((name) => source.queries(name), parameter)
  const text = source.header(parameter.header ?? parameter.name)
  return readField(() => (text === undefined ? undefined : parameter.many ? text.split(/\s*,\s*/) : [text]), parameter)
}
