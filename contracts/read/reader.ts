import { dirname, join, resolve, sep } from 'node:path'
import { API, type Snapshot } from 'typescript/sync'
import { everyOperation } from '../channels.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { OperationModel } from '../model.ts'
import { withRawBytes } from '../raw-body.ts'
import { readDefinition } from './app-file.ts'
import { checkBaggage } from './baggage.ts'
import { readChannel } from './channels.ts'
import { type Ask, Compiler, together } from './compiler.ts'
import { settleErrors } from './error-codes.ts'
import { checkGuards } from './guards.ts'
import { importExtensionOf } from './import-extension.ts'
import type { Reader, ReaderOptions, ReadResult } from './index.ts'
import { checkInputs } from './inputs.ts'
import { KnownTypes } from './known-types.ts'
import { lastingTypes } from './lasting-types.ts'
import { type Folders, importersOf, type ModuleGraph, reachedFrom, readModuleGraph, sameGraph } from './module-graph.ts'
import { Modules } from './modules.ts'
import { createKeptNames, nameTypes } from './names.ts'
import { narrowScope } from './narrowing.ts'
import { type NamedChannel, nameChannels, nameOperations } from './operation-names.ts'
import { readOperation } from './operations.ts'
import { checkOwnSchemas, checkUserSchemas } from './own-schemas.ts'
import { Problems } from './problems.ts'
import { apart, joinReadings, leadToRoots, type Places, placesOf, type Reading, readAgain } from './rereading.ts'
import { inRounds } from './rounds.ts'
import { type Scope, touchedFiles, wideScope } from './scope.ts'
import { ShapeReader } from './shapes.ts'
import { readSurroundings } from './surroundings.ts'
import { affectedFiles, chooseFiles, readTypeErrors } from './type-errors.ts'
import { readWired, type Wired } from './wired.ts'
import { readWiredChannels } from './wired-channels.ts'
import { readWiring } from './wiring.ts'

/** Reads an app with one compiler process, which stays for the next reading. */
export class CompilerReader implements Reader {
  readonly #options: ReaderOptions
  readonly #api: API
  #tsconfig: string
  #snapshot: Snapshot | undefined
  /** What the last reading without an error found. */
  #reading: Reading | undefined
  /** The files that have changed since then; absent when any may have. */
  #changed: Set<string> | undefined
  readonly #names = createKeptNames()
  /** Whether what imports the app was left unchecked. */
  #isLate = false

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#tsconfig = options.tsconfig
    this.#api = new API({ cwd: options.root })
  }

  read(): ReadResult {
    this.#snapshot ??= this.#open()
    this.#changed = undefined
    return this.#readSnapshot(this.#snapshot)
  }

  update(changed: readonly string[], created: readonly string[] = [], deleted: readonly string[] = []): ReadResult {
    const before = this.#snapshot
    if (!before) return this.read()
    const fileNotifications = { changed: [...changed], created: [...created], deleted: [...deleted] }
    // Without `ensurePrograms` the compiler only remembers that the program is out of date.
    this.#snapshot = before.update({ fileNotifications, ensurePrograms: true })
    before.dispose()
    if (created.length > 0 || deleted.length > 0) this.#changed = undefined
    for (const file of changed) this.#changed?.add(file)
    return this.#readSnapshot(this.#snapshot)
  }

  check(): readonly Diagnostic[] {
    const graph = this.#reading?.graph
    const project = this.#snapshot?.getConfiguredProject(this.#tsconfig)
    if (!this.#isLate || !graph || !project) return []
    const late = filesAfter(this.#folders.app, graph)
    const files = chooseFiles(graph, this.#folders).filter((name) => late.has(name))
    const errors = this.#ask(readTypeErrors(project.program, files, this.#folders))
    this.#isLate = errors.length > 0
    if (this.#isLate) this.#changed = undefined
    return errors
  }

  dispose(): void {
    this.#snapshot?.dispose()
    this.#snapshot = undefined
    this.#reading = undefined
    this.#api.close()
  }

  #readSnapshot(snapshot: Snapshot): ReadResult {
    const project = snapshot.getConfiguredProject(this.#tsconfig)
    if (!project) {
      const message = `${this.#options.tsconfig} is no project that TypeScript can open.`
      return { ok: false, diagnostics: [{ code: 'PK1001', message }] }
    }
    const compiler = new Compiler(project)
    return this.#readTouched(compiler) ?? this.#readAll(compiler)
  }

  /** Reads what has changed since the last reading; nothing when that is not enough. */
  #readTouched(compiler: Compiler): ReadResult | undefined {
    const { app } = this.#options
    const before = this.#reading
    const changed = [...(this.#changed ?? [])]
    const graph =
      this.#changed && before && this.#ask(sameGraph(compiler.program, before.graph, changed, this.#folders))
    const touched = graph && touchedFiles(before, changed, app)
    if (!touched) return undefined
    // The type of the app is that of everything in it, so whoever asks for it waits until the contracts are written.
    const late = filesAfter(app, before.graph)
    const files = chooseFiles(before.graph, this.#folders).filter((name) => touched.has(name) && !late.has(name))
    const errors = this.#ask(readTypeErrors(compiler.program, files, this.#folders))
    if (errors.length > 0) return { ok: false, diagnostics: errors }
    const [file = '', other] = changed
    const now = graph.sources.get(file)
    const narrow = now && other === undefined ? narrowScope(before, file, touched, now, app) : undefined
    const again =
      (narrow && this.#readScope(compiler, before, narrow)) ?? this.#readScope(compiler, before, wideScope(touched))
    if (!again) return undefined
    this.#isLate = true
    return this.#finish(compiler, { ...again, graph })
  }

  /** Reads again what is within a scope; nothing when that is not enough. */
  #readScope(compiler: Compiler, before: Reading, scope: Scope): Reading | undefined {
    const problems = new Problems()
    const reader = new ShapeReader(compiler, problems, this.#folders, new KnownTypes(before.types, scope))
    const again = this.#ask(readAgain(reader, before, scope))
    // A guard that was added may leave a name open that was wired elsewhere.
    if (!again || !leadToRoots(again, reader) || reader.guards.length > 0) return undefined
    // What is not read again may lead to what is, and would have to be looked through again.
    if (scope.roots.length > 0 && (reader.schemas.length > 0 || reader.registry.hasClasses)) return undefined
    const read = { ...again, operations: checkRead(again.operations, reader) }
    // Where a type stands that is not read again is not known any more.
    if (problems.all.length > 0) return undefined
    this.#ask(checkBaggage(compiler.program, reader))
    return joinReadings(before, read, reader, scope)
  }

  #readAll(compiler: Compiler): ReadResult {
    const graph = this.#ask(readModuleGraph(compiler.program, this.#folders))
    const files = chooseFiles(graph, this.#folders)
    const changed = this.#changed && [...this.#changed, ...(this.#isLate ? [this.#options.app] : [])]
    const affected = changed && affectedFiles(graph, changed)
    const asked = affected ? files.filter((name) => affected.has(name)) : files
    const errors = this.#ask(readTypeErrors(compiler.program, asked, this.#folders))
    if (errors.length > 0) return { ok: false, diagnostics: errors }
    this.#isLate = false
    const problems = new Problems()
    const reading = this.#readApp(compiler, graph, problems)
    const diagnostics = problems.all
    return reading && diagnostics.length === 0 ? this.#finish(compiler, reading) : { ok: false, diagnostics }
  }

  #finish(compiler: Compiler, reading: Reading): ReadResult {
    this.#reading = reading
    this.#changed = new Set()
    const { channels, types, graph, surroundings, warnings } = reading
    const { session, security } = surroundings
    const named = nameTypes(everyOperation(reading), types, this.#names)
    const written = named.operations.map((operation) => withRawBytes(operation, named.types))
    return {
      ok: true,
      model: { types: named.types, ...apart(written, channels), sessionServices: session, security },
      warnings: warnings.map(({ diagnostic }) => diagnostic),
      files: chooseFiles(graph, this.#folders).length,
      importExtension: importExtensionOf(compiler.program.getCompilerOptions()),
    }
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

  #readApp(compiler: Compiler, graph: ModuleGraph, problems: Problems): Reading | undefined {
    const { root, app } = this.#options
    const definition = this.#ask(readDefinition(compiler, app, problems))
    if (!definition) return undefined
    const wired = this.#ask(readWired(compiler, definition, problems))
    const wiredChannels = this.#ask(readWiredChannels(compiler, definition, problems))
    const surroundings = this.#ask(readSurroundings(compiler, definition, problems))
    const { middleware } = surroundings
    const reader = new ShapeReader(compiler, problems, this.#folders)
    const modules = new Modules(root)
    const names = nameOperations(wired, modules, problems)
    const named = nameChannels(wiredChannels, modules, problems)
    // The batch ends when the named types that were met on the way are read as well.
    const functions = this.#ask(
      together(
        wired.map((operation, index) => readOperation(reader, operation, { modules, middleware, names: names[index] })),
      ),
    )
    const channels = this.#ask(together(named.map((channel) => readChannel(reader, channel, { modules, middleware }))))
    const found = functions.filter((operation) => operation !== undefined)
    const operations = checkRead(everyOperation({ operations: found, channels }), reader)
    checkGuards(reader.guards, wired, problems)
    this.#ask(checkBaggage(compiler.program, reader))
    const { isExact, types, ...lasting } = lastingTypes(operations, reader.registry)
    const places =
      isExact && found.length === wired.length ? this.#ask(this.#findPlaces(compiler, wired, named)) : undefined
    const read = apart(lasting.operations, channels)
    const { warnings } = problems
    return {
      graph,
      wired,
      names,
      wiredChannels: named,
      modules,
      surroundings,
      ...read,
      types,
      warnings,
      inferring: reader.inferring,
      places,
    }
  }

  *#findPlaces(
    compiler: Compiler,
    wired: readonly Wired[],
    channels: readonly NamedChannel[],
  ): Ask<Places | undefined> {
    const source = yield* compiler.program.getSourceFile.gen(this.#options.app)
    const wiring = source && readWiring(source)
    return wiring && (yield* placesOf(compiler, wiring, wired, channels))
  }

  get #folders(): Folders {
    const { root, app } = this.#options
    return { root, app, contracts: contractsOf(this.#options) }
  }

  #ask<Answer>(question: Ask<Answer>): Answer {
    const [answer] = this.#api.batch(inRounds(question)) as [Answer]
    return answer
  }
}

/** Reports what only whole shapes tell, and gives the operations with each of their errors once. */
function checkRead(read: readonly OperationModel[], reader: ShapeReader): readonly OperationModel[] {
  const { own, registry, problems } = reader
  const operations = settleErrors(read, registry, problems)
  checkInputs(operations, registry, problems)
  checkOwnSchemas(own, operations, registry, problems)
  checkUserSchemas(reader, operations)
  return operations
}

/** The app, and what imports it. */
function filesAfter(app: string, graph: ModuleGraph): ReadonlySet<string> {
  return reachedFrom([app], importersOf(graph))
}

/** The folder that the generator writes, with a slash at its end. */
function contractsOf({ app, root, out }: ReaderOptions): string {
  const source = dirname(app)
  return (out ?? join(source === root ? root : dirname(source), 'contracts')) + sep
}
