/** An option of a command. */
export interface OptionSpec {
  /** What it takes, as help names it; absent for a switch. */
  readonly value?: string
  readonly description: string
  /** Options that make no sense beside it. */
  readonly conflicts?: readonly string[]
}

/** The options of a command by their names: `{ app: … }` is `--app`. */
export interface OptionTable {
  readonly [name: string]: OptionSpec
}

/** What was given for the options of a table. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]?: Table[Name] extends { readonly value: string } ? string : boolean
}

/** The options of `pikku contracts`. */
export const contractsOptions = {
  app: { value: 'file', description: 'The file whose default export is the app. Default: src/app.ts' },
  out: { value: 'folder', description: 'Where the contracts go. Default: contracts, beside src' },
  tsconfig: {
    value: 'file',
    description: 'The TypeScript configuration. Default: the tsconfig.json nearest to the app',
  },
  check: { description: 'Write nothing; fail when the contracts are out of date', conflicts: ['watch'] },
  watch: { description: 'Write the contracts again at every change, until interrupted' },
  json: { description: 'Print one JSON object for programs instead of text' },
} as const satisfies OptionTable
