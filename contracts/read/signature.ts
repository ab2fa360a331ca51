import { ObjectFlags } from 'typescript/sync'
import type { Ask, Compiler, Type } from './compiler.ts'
import { symbolOf } from './questions.ts'

/** What a function takes and gives. */
export interface Signature {
  /** Absent where it has no second parameter. */
  readonly input: Type | undefined
  readonly output: Type
  /** What `func` was given beside the handler; absent for a plain function. */
  readonly options: Type | undefined
}

/** The signature of a function, or why it has none that a contract could tell. */
export function* signatureOf(compiler: Compiler, type: Type): Ask<Signature | { readonly why: string } | undefined> {
  const made = yield* signatureOfFunc(compiler, type)
  if (made) return made
  const [signature, overload] = yield* type.getCallSignatures.gen()
  if (!signature) return yield* signatureOfMessage(compiler, type)
  if (overload) return { why: 'has several signatures' }
  if (signature.typeParameters?.length) return { why: 'has type parameters' }
  const { checker } = compiler
  const input = signature.parameters.length < 2 ? undefined : yield* checker.getParameterType.gen(signature, 1)
  const output = yield* checker.getReturnTypeOfSignature.gen(signature)
  return { input, output, options: yield* compiler.typeOf(type, 'options') }
}

/** A message of a channel may be its options, with the handler among them. */
function* signatureOfMessage(compiler: Compiler, options: Type): Ask<Signature | { readonly why: string } | undefined> {
  const handler = yield* compiler.typeOf(options, 'handler')
  const signature = handler && (yield* signatureOf(compiler, handler))
  return signature && 'output' in signature ? { ...signature, options } : signature
}

/** What `func` makes says all of that in its type arguments, which is one question instead of four. */
function* signatureOfFunc(compiler: Compiler, type: Type): Ask<Signature | undefined> {
  if (!type.isObjectType() || !(yield* isFunc(type)) || !type.isTypeReference()) return undefined
  const [services, input, output, session, options] = yield* compiler.argumentsOf(type)
  return services && input && output && session && options ? { input, output, options } : undefined
}

/** Whether a function was made by `func`. */
export function* isFunc(type: Type): Ask<boolean> {
  if (!type.isObjectType() || !(type.objectFlags & ObjectFlags.Reference)) return false
  const symbol = yield* symbolOf(type)
  return symbol?.name === 'Func' && symbol.declarations.every(({ path }) => /\/core\/func(\.d)?\.ts$/.test(path))
}
