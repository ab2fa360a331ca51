/** What is used of the package, by its shape: its own types would have the checker read all of `zod/v3`. */
declare module 'zod-to-json-schema' {
  export function zodToJsonSchema(
    schema: unknown,
    options: {
      readonly target: 'jsonSchema2019-09'
      readonly $refStrategy: 'none'
      readonly strictUnions: boolean
      readonly pipeStrategy: 'input' | 'output'
    },
  ): { readonly [name: string]: unknown }
}
