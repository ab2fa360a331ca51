import type { CodecIssue, CodecResult } from './contract.ts'

/**
 * A schema that a user wrote with the library they like, described by shape: those of Zod 4, Zod Mini, `zod/v3`,
 * Valibot, ArkType and others have this property. Source: Standard Schema 1.0, https://standardschema.dev
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** What a {@link StandardSchema} answers. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

/** One place where a value does not fit a {@link StandardSchema}. */
export interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** What a schema makes of what was sent. */
export type SchemaOutput<Schema> = Schema extends StandardSchema<infer _Input, infer Output> ? Output : never

/** What a schema takes. */
export type SchemaInput<Schema> = Schema extends StandardSchema<infer Input, infer _Output> ? Input : never

/** A schema that can go back from the value to the wire, as those of Zod 4 can. */
interface Reversible {
  safeEncodeAsync(value: unknown): Promise<CodecResult>
}

/** The value of a user's schema for what is on the wire. */
export async function decodeBy(schema: StandardSchema, wire: unknown): Promise<CodecResult> {
  const result = await schema['~standard'].validate(wire)
  if (!result.issues) return { success: true, data: result.value }
  return { success: false, error: { issues: result.issues.map(toCodecIssue) } }
}

/** What goes on the wire for a value: encoded where the schema can go back, otherwise as the schema makes it. */
export function encodeBy(schema: StandardSchema, value: unknown): Promise<CodecResult> {
  return isReversible(schema) ? schema.safeEncodeAsync(value) : decodeBy(schema, value)
}

function isReversible(schema: StandardSchema): schema is StandardSchema & Reversible {
  return 'safeEncodeAsync' in schema && typeof schema.safeEncodeAsync === 'function'
}

function toCodecIssue(issue: StandardIssue): CodecIssue {
  const path = (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step))
  // Some libraries have classes of issues, whose messages are made when they are asked for.
  return { ...issue, message: issue.message, path }
}
