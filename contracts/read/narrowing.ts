import { dirname, resolve } from 'node:path'
import {
  isClassDeclaration,
  isEnumDeclaration,
  isImportDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isTypeAliasDeclaration,
  type SourceFile,
  type Statement,
} from 'typescript/ast'
import { partsOfChannel } from '../channels.ts'
import { type CompilerSymbol, isOfPlatform } from './compiler.ts'
import { type LastingType, refsOfOperation, refsOfType } from './lasting-types.ts'
import { isShallow, type Sight } from './looking.ts'
import { fileMeant, reachedFrom } from './module-graph.ts'
import type { Reading } from './rereading.ts'
import type { Scope } from './scope.ts'
import { type FileSight, type ImportedName, isLink, sightOf } from './sight.ts'
import { sourceFileOf, type Wired } from './wired.ts'

/**
 * What has to be read again after an edit of one file that changed nothing but what interfaces hold and what functions do,
 * where syntax tells that the files which import it say what they said: they refer to its types, and make nothing of what
 * is in them. Then only the types of the file are others, and the operations whose types the compiler finds out. Gives
 * nothing where that cannot be seen.
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
  const files = new Files(reading, touched)
  const edited = files.changedTypes(file, sightOf(now), changed)
  const ofApp = reachedFrom([app], imports)
  // What the file of the app makes of types is read in full anyway.
  const others = [...touched].filter((other) => other !== file && other !== app && ofApp.has(other))
  if (!others.every((other) => files.keepsOut(other, file, edited))) return undefined
  const isTouched = (wired: Pick<Wired, 'source' | 'exportName'>): boolean => {
    const place = sourceFileOf(wired)
    return place === file || (touched.has(place) && !files.isWrittenOut(place, wired.exportName, file, edited))
  }
  return {
    files: new Set([file]),
    channels: touched,
    isTouched,
    roots: rootsOf(reading, file, isTouched),
    isClear: (generic) => files.isClearGeneric(generic),
  }
}

/** The types of an edited file by what became of them. */
interface EditedTypes {
  /** The interfaces that hold something else than before, by themselves or by what they extend. */
  readonly interfaces: ReadonlySet<string>
  /** The aliases that may stand for something else. */
  readonly aliases: ReadonlySet<string>
}

/** What the syntax of the files of a reading tells. */
class Files {
  readonly #reading: Reading
  readonly #touched: ReadonlySet<string>
  readonly #known: ReadonlySet<string>

  constructor(reading: Reading, touched: ReadonlySet<string>) {
    this.#reading = reading
    this.#touched = touched
    this.#known = new Set(reading.graph.files)
  }

  /** The types of a file that change with some of its interfaces. */
  changedTypes(file: string, sight: FileSight, changed: ReadonlySet<string>): EditedTypes {
    const all = new Set(changed)
    for (let size = -1; size !== all.size; ) {
      size = all.size
      for (const [name, type] of sight.types) {
        if (meets(type, all) || !this.#isClear(file, sight, type)) all.add(name)
      }
    }
    const interfaces = new Set([...all].filter((name) => sight.interfaces.has(name)))
    return { interfaces, aliases: new Set([...all].filter((name) => !interfaces.has(name))) }
  }

  /** Whether the types of a file only refer to what has changed in another one. */
  keepsOut(file: string, edited: string, types: EditedTypes): boolean {
    const sight = this.#sightOf(file)
    const { graph } = this.#reading
    if (!sight?.isSimple || sight.hasLinks) return false
    const imported = [...sight.imports.values()]
    const targets = new Set(imported.map(({ specifier }) => this.#target(file, specifier)))
    // What is imported by an alias of the project cannot be seen here.
    if (graph.imports.get(file)?.some((target) => this.#touched.has(target) && !targets.has(target))) return false
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
    return this.#isFunc(file, sight, written.maker) && !meets(written, this.#namesOf(file, sight, edited, types))
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
    const source = this.#reading.graph.sources.get(file)
    return source && sightOf(source)
  }

  #target(file: string, specifier: string): string | undefined {
    return specifier.startsWith('.') ? fileMeant(resolve(dirname(file), specifier), this.#known) : undefined
  }
}

function meets({ inside }: Sight, names: ReadonlySet<string>): boolean {
  return [...inside].some((name) => names.has(name))
}

/** The types of a file that an earlier reading knows by a name, and that what is not of the file leads to. */
function rootsOf(
  { operations, channels, wired, types }: Reading,
  file: string,
  isTouched: Scope['isTouched'],
): readonly LastingType[] {
  // Paths of declarations are in lower case where file systems do not tell cases apart.
  const place = file.toLowerCase()
  const isThere = ({ name }: LastingType) => name?.file.length === file.length && name.file.toLowerCase() === place
  const kept = operations.filter((_, index) => {
    const operation = wired[index]
    return operation && !isTouched(operation)
  })
  const keys = [
    ...[...kept, ...channels.flatMap(partsOfChannel)].map(refsOfOperation),
    ...[...types.values()].filter((type) => !isThere(type)).map(refsOfType),
  ].flatMap((refs) => [...refs])
  return [...new Set(keys)]
    .map((key) => types.get(key))
    .filter((type) => type !== undefined)
    .filter(isThere)
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
    const isType =
      isInterfaceDeclaration(statement) ||
      isTypeAliasDeclaration(statement) ||
      isClassDeclaration(statement) ||
      isEnumDeclaration(statement) ||
      isModuleDeclaration(statement)
    if (!isType) continue
    const name = statement.name?.getText() ?? ''
    types.set(name, [...(types.get(name) ?? []), statement])
  }
  return types
}

/** How an interface begins, up to what it holds; nothing for a generic one, of which there are many. */
function headOf(statement: Statement | undefined): string | undefined {
  if (!statement || !isInterfaceDeclaration(statement) || statement.typeParameters) return undefined
  const { modifiers = [], name, heritageClauses = [] } = statement
  return [...modifiers, name, ...heritageClauses].map((node) => node.getText()).join(' ')
}
