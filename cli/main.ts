import { styleText } from 'node:util'
import { Command, CommanderError, Option } from 'commander'
import { Mistake } from './mistake.ts'
import { contractsOptions, type OptionTable, type OptionValues } from './options.ts'

/** What a command ends with: 0, or 1 for an error in the user's project. */
export type ExitCode = 0 | 1

interface CommandSpec<Table extends OptionTable> {
  readonly summary: string
  readonly options: Table
  /** Loads the command; what it needs is loaded only when it runs. */
  readonly load: () => Promise<(options: OptionValues<Table>) => Promise<ExitCode>>
}

/** Runs the command line, and gives the exit code: 2 when it was used in a wrong way. */
export async function run(args: readonly string[], version: string): Promise<number> {
  let exitCode = 0
  const program = new Command('pikku')
    .description('Makes contracts from typed functions.')
    .version(version, '-v, --version', 'Print the version')
    .helpOption('-h, --help', 'Print this help')
    .helpCommand(false)
    .showHelpAfterError('Run with --help to see what there is.')
    .exitOverride()
  const add = <Table extends OptionTable>(name: string, { summary, options, load }: CommandSpec<Table>) => {
    const command = program.command(name).description(summary).allowExcessArguments(false)
    for (const [option, { value, description, conflicts = [] }] of Object.entries(options)) {
      const flags = value ? `--${option} <${value}>` : `--${option}`
      command.addOption(new Option(flags, description).conflicts([...conflicts]))
    }
    command.action(async (given: OptionValues<Table>) => {
      exitCode = await (await load())(given)
    })
  }
  add('contracts', {
    summary: 'Writes the contracts of an app',
    options: contractsOptions,
    load: async () => (await import('./commands/contracts.ts')).contracts,
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof Mistake)) throw error
    process.stderr.write(`${styleText('red', 'error:', { stream: process.stderr })} ${error.message}\n`)
    return 1
  }
}
