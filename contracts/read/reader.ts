import { dirname, join, resolve, sep } from 'node:path'
import { API, type Snapshot } from 'typescript/sync'
import type { AppModel } from '../model.ts'
import { readDefinition } from './app-file.ts'
import { type Ask, Compiler, together } from './compiler.ts'
import { importExtensionOf } from './import-extension.ts'
import type { Reader, ReaderOptions, ReadResult } from './index.ts'
import { checkInputs } from './inputs.ts'
import { readModuleGraph } from './module-graph.ts'
import { Modules } from './modules.ts'
import { nameTypes } from './names.ts'
import { nameOperations } from './operation-names.ts'
import { readOperation } from './operations.ts'
import { checkOwnSchemas } from './own-schemas.ts'
import { Problems } from './problems.ts'
import { ShapeReader } from './shapes.ts'
import { readSurroundings } from './surroundings.ts'
import { affectedFiles, chooseFiles, readTypeErrors } from './type-errors.ts'
import { readWired } from './wired.ts'

/** Reads an app with one compiler process, which stays for the next reading. */
export class CompilerReader implements Reader {
  readonly #options: ReaderOptions
  readonly #api: API
  #tsconfig: string
  #snapshot: Snapshot | undefined
  /** Whether the last reading found no type error, so that the next one has to look only at what has changed. */
  #wasSound = false

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#tsconfig = options.tsconfig
    this.#api = new API({ cwd: options.root })
  }

  read(): ReadResult {
    this.#snapshot ??= this.#open()
    return this.#readSnapshot(this.#snapshot, undefined)
  }

  update(changed: readonly string[], created: readonly string[] = [], deleted: readonly string[] = []): ReadResult {
    const before = this.#snapshot
    if (!before) return this.read()
    const fileNotifications = { changed: [...changed], created: [...created], deleted: [...deleted] }
    // Without `ensurePrograms` the compiler only remembers that the program is out of date.
    this.#snapshot = before.update({ fileNotifications, ensurePrograms: true })
    before.dispose()
    const isPlain = this.#wasSound && created.length === 0 && deleted.length === 0
    return this.#readSnapshot(this.#snapshot, isPlain ? changed : undefined)
  }

  dispose(): void {
    this.#snapshot?.dispose()
    this.#snapshot = undefined
    this.#api.close()
  }

  #readSnapshot(snapshot: Snapshot, changed: readonly string[] | undefined): ReadResult {
    const { tsconfig, root, app } = this.#options
    const project = snapshot.getConfiguredProject(this.#tsconfig)
    if (!project) {
      return {
        ok: false,
        diagnostics: [{ code: 'PK1001', message: `${tsconfig} is no project that TypeScript can open.` }],
      }
    }
    const compiler = new Compiler(project)
    const folders = { root, app, contracts: contractsOf(this.#options) }
    const graph = this.#ask(readModuleGraph(compiler.program, folders))
    const files = chooseFiles(graph, folders)
    const affected = changed && affectedFiles(graph, changed)
    const asked = affected ? files.filter((name) => affected.has(name)) : files
    const errors = this.#ask(readTypeErrors(compiler.program, asked, folders))
    this.#wasSound = errors.length === 0
    if (errors.length > 0) return { ok: false, diagnostics: errors }
    const problems = new Problems()
    const model = this.#readModel(compiler, problems)
    const diagnostics = problems.all
    if (!model || diagnostics.length > 0) return { ok: false, diagnostics }
    const importExtension = importExtensionOf(compiler.program.getCompilerOptions())
    return { ok: true, model, files: files.length, importExtension }
  }

  /** Opens the project, or, where its configuration only lists others, the one of them that the app is in. */
  #open(): Snapshot {
    const first = this.#api.createSnapshot({ openProjects: [this.#tsconfig] })
    const listed = first.getConfiguredProject(this.#tsconfig)?.parsedCommandLine
    const inner = listed?.fileNames.length === 0 && this.#referenceOf(listed.projectReferences ?? [])
    if (!inner) return first
    first.dispose()
    this.#tsconfig = inner
    return this.#api.createSnapshot({ openProjects: [inner] })
  }

  #referenceOf(references: readonly { readonly path: string }[]): string | undefined {
    const files = references.map(({ path }) => {
      const file = resolve(dirname(this.#tsconfig), path)
      return file.endsWith('.json') ? file : join(file, 'tsconfig.json')
    })
    return files.find((file) => this.#api.parseConfigFile(file).fileNames.some((name) => name === this.#options.app))
  }

  #readModel(compiler: Compiler, problems: Problems): AppModel | undefined {
    const { root, app } = this.#options
    const definition = this.#ask(readDefinition(compiler, app, problems))
    if (!definition) return undefined
    const wired = this.#ask(readWired(compiler, definition, problems))
    const { session, middleware, security } = this.#ask(readSurroundings(compiler, definition, problems))
    const reader = new ShapeReader(compiler, problems)
    const modules = new Modules(root)
    const names = nameOperations(wired, modules, problems)
    // The batch ends when the named types that were met on the way are read as well.
    const read = this.#ask(
      together(
        wired.map((operation, index) => readOperation(reader, operation, { modules, middleware, names: names[index] })),
      ),
    )
    const operations = read.filter((operation) => operation !== undefined)
    checkInputs(operations, reader.registry, problems)
    checkOwnSchemas(reader.own, operations, reader.registry, problems)
    return { ...nameTypes(operations, reader.registry), sessionServices: session, security }
  }

  #ask<Answer>(question: Ask<Answer>): Answer {
    const [answer] = this.#api.batch(question) as [Answer]
    return answer
  }
}

/** The folder that the generator writes, with a slash at its end. */
function contractsOf({ app, root, out }: ReaderOptions): string {
  const source = dirname(app)
  return (out ?? join(source === root ? root : dirname(source), 'contracts')) + sep
}
