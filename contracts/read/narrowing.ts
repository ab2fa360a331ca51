import { dirname, resolve } from 'node:path'
import {
  type ClassDeclaration,
  type EnumDeclaration,
  type InterfaceDeclaration,
  isClassDeclaration,
  isEnumDeclaration,
  isImportDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isTypeAliasDeclaration,
  type ModuleDeclaration,
  type SourceFile,
  type Statement,
  type TypeAliasDeclaration,
} from 'typescript/ast'
import { partsOfChannel } from '../channels.ts'
import { type CompilerSymbol, isOfPlatform } from './compiler.ts'
import type { FunctionSource } from './functions.ts'
import { type LastingType, refsOfOperation, refsOfType } from './lasting-types.ts'
import { isShallow, type Sight } from './looking.ts'
import { mentionsOf } from './mentions.ts'
import { fileMeant, type ModuleGraph, reachedFrom } from './module-graph.ts'
import type { Reading } from './rereading.ts'
import { type Scope, typesOf } from './scope.ts'
import { type FileSight, type ImportedName, isLink, sightOf } from './sight.ts'
import { sourceFileOf, type Wired } from './wired.ts'

/**
 * What has to be read again after an edit of one file that changed nothing but what interfaces hold and what functions do,
 * where syntax tells that the files which import it say what they said: they refer to its types, and make nothing of what
 * is in them. Then only the types of the file are others, and the operations whose types the compiler finds out; and where
 * nothing but interfaces changed, of the types and the operations of the file itself only those that depend on them.
 * Gives nothing where that cannot be seen.
 *
 * @param touched the edited file, and all that lead to it.
 * @param now what the file says now.
 * @param app the file of the app.
 */
export function narrowScope(
  reading: Reading,
  file: string,
  touched: ReadonlySet<string>,
  now: SourceFile,
  app: string,
): Scope | undefined {
  const { imports, sources } = reading.graph
  const before = sources.get(file)
  const changed = before && changedInterfaces(before, now)
  if (!changed) return undefined
  const [earlier, files] = [new Files(sources, touched), new Files(new Map([...sources, [file, now]]), touched)]
  // What holds more than data decides which functions are called, and what these throw.
  if (![...changed].every((name) => earlier.isData(file, name) && files.isData(file, name))) return undefined
  const sight = sightOf(now)
  const edited = files.changedTypes(file, changed, sightOf(before))
  const ofApp = reachedFrom([app], imports)
  // What the file of the app makes of types is read in full anyway.
  const others = [...touched].filter((other) => other !== file && other !== app && ofApp.has(other))
  if (!others.every((other) => files.keepsOut(other, file, edited, imports))) return undefined
  const isSame = isSameBeside(before, now) && isQuiet(sight) && !hasWarnings(reading, file)
  const isKept = (wired: Wired, name: string | undefined): boolean => {
    const place = sourceFileOf(wired)
    if (!touched.has(place)) return true
    if ((place === file && !isSame) || name === undefined || reading.inferring.has(name)) return false
    return files.isWrittenOut(place, wired.exportName, file, edited)
  }
  const again = new Set(reading.wired.filter((wired, index) => !isKept(wired, reading.operations[index]?.name)))
  const isThere = typesOf(new Set([file]))
  const isKnown = (name: string): boolean =>
    isSame && sight.declarations.has(name) && !edited.interfaces.has(name) && !edited.aliases.has(name)
  const isTouchedType = (place: string, name: string): boolean => isThere(place) && !isKnown(name)
  const roots = rootsOf(reading, again, isTouchedType, sight)
  return (
    roots && {
      files: new Set(isSame ? [] : [file]),
      channels: touched,
      isTouched: (wired) => again.has(wired),
      isTouchedType,
      moved: movedIn(reading, file, again, sight),
      roots,
      isClear: (generic) => files.isClearGeneric(generic),
    }
  )
}

/** The types of an edited file by what became of them. */
interface EditedTypes {
  /** The interfaces that hold something else than before, by themselves or by what they extend. */
  readonly interfaces: ReadonlySet<string>
  /** The aliases that may stand for something else, and what was not there. */
  readonly aliases: ReadonlySet<string>
}

/** What the syntax of the files of a project tells. */
class Files {
  readonly #sources: ReadonlyMap<string, SourceFile>
  readonly #touched: ReadonlySet<string>

  constructor(sources: ReadonlyMap<string, SourceFile>, touched: ReadonlySet<string>) {
    this.#sources = sources
    this.#touched = touched
  }

  /** The types of a file that change with some of its interfaces. */
  changedTypes(file: string, changed: ReadonlySet<string>, before: FileSight): EditedTypes {
    const sight = this.#sightOf(file) ?? before
    const added = [...sight.declarations.keys()].filter((name) => !before.declarations.has(name))
    const all = new Set([...changed, ...added])
    // An alias may be written out where it stands, and what is new may have had another meaning.
    const isOpen = (name: string): boolean => all.has(name) && (!sight.interfaces.has(name) || added.includes(name))
    for (let size = -1; size !== all.size; ) {
      size = all.size
      for (const [name, type] of sight.types) {
        const isSame = this.#isClear(file, sight, type) && !meets(type, all) && !speaksOf(sight, name, isOpen)
        if (!isSame) all.add(name)
      }
    }
    const aliases = new Set([...all].filter(isOpen))
    return { interfaces: new Set([...all].filter((name) => sight.interfaces.has(name))), aliases }
  }

  /** Whether a type leads to no class, function or value of the project or a package, as far as can be seen. */
  isData(file: string, name: string, seen: Set<string> = new Set()): boolean {
    const key = `${file} ${name}`
    if (seen.has(key)) return true
    seen.add(key)
    const sight = this.#sightOf(file)
    if (!sight || sight.opaque.has(name)) return false
    const imported = sight.imports.get(name)
    if (imported) {
      const home = this.#target(file, imported.specifier)
      return home !== undefined && this.#declares(home, imported.name) && this.isData(home, imported.name, seen)
    }
    return (sight.declarations.get(name) ?? []).every((declaration) => {
      const names = mentionsOf(declaration)
      return names !== undefined && [...names].every((inner) => this.isData(file, inner, seen))
    })
  }

  #declares(file: string, name: string): boolean {
    return this.#sightOf(file)?.declarations.has(name) ?? false
  }

  /** Whether the types of a file only refer to what has changed in another one. */
  keepsOut(file: string, edited: string, types: EditedTypes, imports: ModuleGraph['imports']): boolean {
    const sight = this.#sightOf(file)
    if (!sight || !isQuiet(sight)) return false
    const imported = [...sight.imports.values()]
    const targets = new Set(imported.map(({ specifier }) => this.#target(file, specifier)))
    // What is imported by an alias of the project cannot be seen here.
    if (imports.get(file)?.some((target) => this.#touched.has(target) && !targets.has(target))) return false
    const isHarmless = (name: ImportedName): boolean => {
      const target = this.#target(file, name.specifier)
      if (target === undefined || !this.#touched.has(target)) return true
      return name.isType && name.name !== '*' && (target !== edited || !types.aliases.has(name.name))
    }
    if (!imported.every(isHarmless)) return false
    const inside = this.#namesOf(file, sight, edited, types)
    return [...sight.types.values()].every((type) => this.#isClear(file, sight, type) && !meets(type, inside))
  }

  /** Whether what a function takes and gives is written out, and only refers to what has changed. */
  isWrittenOut(file: string, exportName: string, edited: string, types: EditedTypes): boolean {
    const sight = this.#sightOf(file)
    const written = sight?.functions.get(exportName)
    if (!sight || !written || !this.#isClear(file, sight, written)) return false
    if (!this.#isFunc(file, sight, written.maker)) return false
    if (file !== edited) return !meets(written, this.#namesOf(file, sight, edited, types))
    if (meets(written, types.interfaces)) return false
    return written.written.every((node) => {
      const names = mentionsOf(node)
      return names !== undefined && !share(names, types.aliases)
    })
  }

  /** Whether a generic type looks no deeper into what it is given than the properties of that. */
  isClearGeneric(generic: CompilerSymbol): boolean {
    const { name, declarations } = generic
    const [declaration] = declarations
    const sight = declaration && this.#sightOf(declaration.path)
    if (!sight) return isOfPlatform(generic) && isShallow(name)
    return declarations.length === 1 && this.#isClearName(declaration.path, sight, name, new Set())
  }

  /** What a file calls the interfaces of another one that have changed. */
  #namesOf(file: string, { imports }: FileSight, edited: string, { interfaces }: EditedTypes): ReadonlySet<string> {
    const names = [...imports].filter(
      ([, { specifier, name }]) => interfaces.has(name) && this.#target(file, specifier) === edited,
    )
    return new Set(names.map(([local]) => local))
  }

  /** Whether a function is handed to `func` of `pikku()`, which makes nothing of its types, if to any. */
  #isFunc(file: string, { imports, makers }: FileSight, maker: string | undefined): boolean {
    if (maker === undefined || makers.has(maker)) return true
    const { specifier = '', name = '' } = imports.get(maker) ?? {}
    const target = this.#target(file, specifier)
    return (target !== undefined && this.#sightOf(target)?.makers.has(name)) ?? false
  }

  /** Whether a type, with the generic types that it uses, looks no further than it says. */
  #isClear(file: string, sight: FileSight, { isClear, generics }: Sight): boolean {
    return isClear && [...generics].every((name) => this.#isClearName(file, sight, name, new Set()))
  }

  #isClearName(file: string, sight: FileSight, name: string, seen: Set<string>): boolean {
    const key = `${file} ${name}`
    if (seen.has(key)) return true
    seen.add(key)
    const imported = sight.imports.get(name)
    const home = imported ? this.#target(file, imported.specifier) : file
    if (home === undefined) return false
    const there = home === file ? sight : this.#sightOf(home)
    const type = there?.types.get(imported?.name ?? name)
    if (!there || !type?.isClear) return false
    return [...type.generics].every((inner) => this.#isClearName(home, there, inner, seen))
  }

  #sightOf(file: string): FileSight | undefined {
    const source = this.#sources.get(file)
    return source && sightOf(source)
  }

  #target(file: string, specifier: string): string | undefined {
    return specifier.startsWith('.') ? fileMeant(resolve(dirname(file), specifier), this.#sources) : undefined
  }
}

function meets({ inside }: Sight, names: ReadonlySet<string>): boolean {
  return share(inside, names)
}

function share(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...some].some((name) => others.has(name))
}

/** Whether a type of a file speaks of one that is meant, or of what cannot be told. */
function speaksOf({ declarations }: FileSight, name: string, isMeant: (name: string) => boolean): boolean {
  const mentioned = (declarations.get(name) ?? []).map(mentionsOf)
  return mentioned.some((names) => !names || [...names].some(isMeant))
}

/** Whether a file declares nothing that has a type of its own but what can be seen. */
function isQuiet({ opaque, hasLinks, makesErrors }: FileSight): boolean {
  return opaque.size === 0 && !hasLinks && !makesErrors
}

/** Warnings say where they stand, and nothing tells where that is now. */
function hasWarnings({ warnings }: Reading, file: string): boolean {
  return warnings.some(({ diagnostic }) => diagnostic.at?.file === file)
}

/** The types that may be others, and that what is not read again leads to; nothing where one is not written once. */
function rootsOf(
  { operations, channels, wired, types }: Reading,
  again: ReadonlySet<Wired>,
  isTouchedType: Scope['isTouchedType'],
  { declarations }: FileSight,
): Scope['roots'] | undefined {
  const isTouched = ({ name }: LastingType): boolean => name !== undefined && isTouchedType(name.file, name.base)
  const kept = operations.filter((_, index) => {
    const operation = wired[index]
    return operation && !again.has(operation)
  })
  const keys = [
    ...[...kept, ...channels.flatMap(partsOfChannel)].map(refsOfOperation),
    ...[...types.values()].filter((type) => !isTouched(type)).map(refsOfType),
  ].flatMap((refs) => [...refs])
  const reached = [...new Set(keys)].map((key) => types.get(key)).filter((type) => type !== undefined)
  const roots = reached.filter(isTouched).map((type) => {
    const [declaration, more] = declarations.get(type.name?.base ?? '') ?? []
    return declaration && !more && !isEnumDeclaration(declaration) ? { type, declaration } : undefined
  })
  return roots.every((root) => root !== undefined) ? roots : undefined
}

/** Where the functions of a file stand now that are not read again. */
function movedIn(
  { wired }: Reading,
  file: string,
  again: ReadonlySet<Wired>,
  { functions }: FileSight,
): Scope['moved'] {
  const moved = new Map<number, FunctionSource>()
  for (const [index, operation] of wired.entries()) {
    const source = functions.get(operation.exportName)?.source
    if (source && sourceFileOf(operation) === file && !again.has(operation)) moved.set(index, source)
  }
  return moved
}

/** Whether two states of a file are the same but for types. */
function isSameBeside(before: SourceFile, now: SourceFile): boolean {
  const textOf = ({ statements }: SourceFile): string =>
    statements
      .filter((statement) => !isType(statement))
      .map((statement) => statement.getFullText())
      .join('\n')
  return textOf(before) === textOf(now)
}

/**
 * The interfaces of a file that hold something else than before; nothing where another type, or what is imported, is
 * not what it was.
 */
function changedInterfaces(before: SourceFile, now: SourceFile): ReadonlySet<string> | undefined {
  if (linksOf(before) !== linksOf(now)) return undefined
  const [old, fresh] = [typesIn(before), typesIn(now)]
  const kept = [...fresh.keys()].filter((name) => old.has(name))
  // Members of a union stand in the order of their declarations.
  if (kept.join() !== [...old.keys()].join()) return undefined
  const changed = new Set<string>()
  for (const name of kept) {
    const [one, other] = [old.get(name) ?? [], fresh.get(name) ?? []]
    if (one.length === other.length && one.every((part, at) => part.getFullText() === other[at]?.getFullText()))
      continue
    const [part, same] = [one.length === 1 && headOf(one[0]), other.length === 1 && headOf(other[0])]
    if (!part || part !== same) return undefined
    changed.add(name)
  }
  return changed
}

/** What a file imports, and exports that is declared elsewhere. */
function linksOf({ statements }: SourceFile): string {
  const links = statements.filter((statement) => isImportDeclaration(statement) || isLink(statement))
  return links.map((link) => link.getText()).join('\n')
}

/** What a file declares that has a type of its own, in all its parts. */
function typesIn({ statements }: SourceFile): ReadonlyMap<string, readonly Statement[]> {
  const types = new Map<string, Statement[]>()
  for (const statement of statements) {
    if (!isType(statement)) continue
    const name = statement.name?.getText() ?? ''
    types.set(name, [...(types.get(name) ?? []), statement])
  }
  return types
}

function isType(statement: Statement): statement is TypeDeclaration {
  return (
    isInterfaceDeclaration(statement) ||
    isTypeAliasDeclaration(statement) ||
    isClassDeclaration(statement) ||
    isEnumDeclaration(statement) ||
    isModuleDeclaration(statement)
  )
}

type TypeDeclaration =
  | ClassDeclaration
  | EnumDeclaration
  | InterfaceDeclaration
  | ModuleDeclaration
  | TypeAliasDeclaration

/** How an interface begins, up to what it holds; nothing for a generic one, of which there are many. */
function headOf(statement: Statement | undefined): string | undefined {
  if (!statement || !isInterfaceDeclaration(statement) || statement.typeParameters) return undefined
  const { modifiers = [], name, heritageClauses = [] } = statement
  return [...modifiers, name, ...heritageClauses].map((node) => node.getText()).join(' ')
}
