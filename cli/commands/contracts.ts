import { createGenerator } from '../generator.ts'
import type { ExitCode } from '../main.ts'
import { findProject } from '../project.ts'
import type { ContractsResult } from '../result.ts'
import { type ContractsOptions, finish, settle, tell, toMistake } from './settle.ts'

/** Writes the contracts of an app, checks that they are up to date, or keeps them so. */
export async function contracts(options: ContractsOptions): Promise<ExitCode> {
  if (options.watch) return (await import('./watch.ts')).watchContracts(options)
  const { result, root } = await runOnce(options)
  await tell(result, options, root)
  return result.ok ? 0 : 1
}

async function runOnce(options: ContractsOptions): Promise<{ result: ContractsResult; root: string }> {
  let root = process.cwd()
  try {
    const project = await findProject(options)
    root = project.root
    finish(project)
    const generator = await createGenerator(project, { once: true })
    try {
      return { result: await settle(project, generator.generate(), options, 0), root }
    } finally {
      generator.dispose()
    }
  } catch (error) {
    return { result: toMistake(error), root }
  }
}
