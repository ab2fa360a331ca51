import { dirname, resolve } from 'node:path'
import type { Node, SourceFile } from 'typescript/ast'
import { memoize } from '../print/memoize.ts'
import { type CompilerSymbol, isOfPlatform } from './compiler.ts'
import { isShallow, type Sight } from './looking.ts'
import { mentionsOf } from './mentions.ts'
import { fileMeant, type ModuleGraph } from './module-graph.ts'
import { type FileSight, type ImportedName, sightOf, wordsIn } from './sight.ts'

/** The types of an edited file by what became of them. */
export interface EditedTypes {
  readonly file: string
  /** Whether all else in the file is what it was. */
  readonly isSameBeside: boolean
  /** The interfaces that hold something else than before, by themselves or by what they extend. */
  readonly interfaces: ReadonlySet<string>
  /** The aliases that may stand for something else, and what was not there. */
  readonly aliases: ReadonlySet<string>
}

/** What the syntax of the files of a project tells of types and functions, without asking the compiler. */
export class ProjectSight {
  readonly #sources: ReadonlyMap<string, SourceFile>
  readonly #touched: ReadonlySet<string>
  readonly #targets = new Map<string, string | undefined>()
  readonly #data = new Map<string, boolean>()
  readonly #apart = new Map<string, boolean>()

  /** @param touched the edited file, and all that lead to it. */
  constructor(sources: ReadonlyMap<string, SourceFile>, touched: ReadonlySet<string>) {
    this.#sources = sources
    this.#touched = touched
  }

  /** The types of a file that change with some of its interfaces. */
  changedTypes(file: string, changed: ReadonlySet<string>, before: FileSight): Omit<EditedTypes, 'isSameBeside'> {
    const sight = this.#sightOf(file) ?? before
    const added = [...sight.declarations.keys()].filter((name) => !before.declarations.has(name))
    const all = new Set([...changed, ...added])
    // An alias may be written out where it stands, and what is new may have had another meaning.
    const isOpen = (name: string): boolean => all.has(name) && (!sight.interfaces.has(name) || added.includes(name))
    for (let size = -1; size !== all.size; ) {
      size = all.size
      for (const [name, type] of sight.types) {
        const isSame =
          this.#isClear(file, sight, type) &&
          !this.#meets(file, type, all) &&
          !(sight.declarations.get(name) ?? []).some((node) => speaksOf(node, isOpen))
        if (!isSame) all.add(name)
      }
    }
    const aliases = new Set([...all].filter(isOpen))
    return { file, interfaces: new Set([...all].filter((name) => sight.interfaces.has(name))), aliases }
  }

  /**
   * Whether types, as they are declared in a state of a file, lead to no class, function or value of the project or a
   * package, as far as can be seen.
   */
  areData(file: string, names: Iterable<string>, { declarations }: FileSight): boolean {
    return [...names].every((name) =>
      declarations.get(name)?.every((declaration) => this.#holdsData(file, declaration)),
    )
  }

  #holdsData(file: string, declaration: Node): boolean {
    const names = mentionsOf(declaration)
    return names !== undefined && [...names].every((name) => this.#isData(file, name))
  }

  #isData(file: string, name: string): boolean {
    const key = `${file} ${name}`
    const known = this.#data.get(key)
    if (known !== undefined) return known
    // One that leads to itself is what the rest of it is.
    this.#data.set(key, true)
    const isData = this.#findData(file, name)
    this.#data.set(key, isData)
    return isData
  }

  #findData(file: string, name: string): boolean {
    const sight = this.#sightOf(file)
    if (!sight || sight.opaque.has(name)) return false
    const imported = sight.imports.get(name)
    if (imported) {
      const home = this.#target(file, imported.specifier)
      return home !== undefined && this.#declares(home, imported.name) && this.#isData(home, imported.name)
    }
    return (sight.declarations.get(name) ?? []).every((declaration) => this.#holdsData(file, declaration))
  }

  #declares(file: string, name: string): boolean {
    return this.#sightOf(file)?.declarations.has(name) ?? false
  }

  /** Whether all that a file imports can be seen: by an alias of the project it is not. */
  seesImports(file: string, imports: ModuleGraph['imports']): boolean {
    const names = this.#sightOf(file)?.imports.values() ?? []
    const targets = new Set(Array.from(names, ({ specifier }) => this.#target(file, specifier)))
    return imports.get(file)?.every((target) => !this.#touched.has(target) || targets.has(target)) ?? false
  }

  /** Whether the types of a file only refer to what has changed in another one. */
  keepsOut(file: string, edited: EditedTypes, imports: ModuleGraph['imports']): boolean {
    const sight = this.#sightOf(file)
    if (!sight || !this.isQuiet(file, edited) || !this.seesImports(file, imports)) return false
    if (![...sight.imports.values()].every((name) => this.#isHarmless(file, name, edited))) return false
    const changed = this.#namesOf(file, sight, edited)
    return [...sight.types.values()].every(
      (type) => this.#isClear(file, sight, type) && !this.#meets(file, type, changed),
    )
  }

  /** Whether what a file declares that can have any type has nothing to do with what has changed. */
  isQuiet(file: string, edited: EditedTypes): boolean {
    const sight = this.#sightOf(file)
    if (!sight || sight.hasLinks) return false
    const { opaque, errorMakers } = sight
    const makesErrors = (statement: Node): boolean => share(wordsOf(statement), errorMakers)
    const errors = errorMakers.size > 0 ? [...sight.statements].filter(([, made]) => made.some(makesErrors)) : []
    return [...opaque, ...errors.map(([name]) => name)].every((name) => this.isApart(file, name, edited))
  }

  /** Whether what a file imports is what it was, or a type that changes by what it holds only. */
  #isHarmless(file: string, { specifier, name, isType }: ImportedName, edited: EditedTypes): boolean {
    const target = this.#target(file, specifier)
    if (target === undefined || !this.#touched.has(target)) return true
    if (name === '*') return false
    if (!isType && !this.#isTypeOnly(target, name)) return this.isApart(target, name, edited)
    return target !== edited.file || !edited.aliases.has(name)
  }

  /** Whether a name stands for types and enums, and for no other value. */
  #isTypeOnly(file: string, name: string): boolean {
    const sight = this.#sightOf(file)
    const types = sight?.declarations.get(name) ?? []
    return types.length > 0 && types.length === sight?.statements.get(name)?.length
  }

  /** Whether what a function takes and gives is written out, and only refers to what has changed. */
  isWrittenOut(file: string, exportName: string, edited: EditedTypes): boolean {
    const sight = this.#sightOf(file)
    const written = sight?.functions.get(exportName)
    if (!sight || !written || !this.#isClear(file, sight, written)) return false
    if (!this.#isFunc(file, sight, written.maker)) return false
    if (this.#meets(file, written, this.#namesOf(file, sight, edited))) return false
    return file !== edited.file || !written.written.some((node) => speaksOf(node, (name) => edited.aliases.has(name)))
  }

  /** Whether nothing that stands behind a name of a file speaks of what has changed, in any word. */
  isApart(file: string, name: string, edited: EditedTypes): boolean {
    const seen = new Set<string>()
    const isApart = this.#findApart(file, name, edited, seen)
    if (isApart) for (const key of seen) this.#apart.set(key, true)
    return isApart
  }

  #findApart(file: string, name: string, edited: EditedTypes, seen: Set<string>): boolean {
    const key = `${file} ${name}`
    const known = this.#apart.get(key)
    if (known !== undefined || seen.has(key)) return known ?? true
    seen.add(key)
    const isApart = this.#speaksOfOthers(file, name, edited, seen)
    if (!isApart) this.#apart.set(key, false)
    return isApart
  }

  /** Whether each word that stands behind a name speaks of something else than what has changed. */
  #speaksOfOthers(file: string, name: string, edited: EditedTypes, seen: Set<string>): boolean {
    if (file === edited.file && (edited.interfaces.has(name) || edited.aliases.has(name))) return false
    const sight = this.#sightOf(file)
    const statements = sight?.statements.get(name)
    if (!sight || !statements || sight.hasLinks) return false
    if (file === edited.file && !edited.isSameBeside && !this.#isTypeOnly(file, name)) return false
    return statements.every((statement) =>
      [...wordsOf(statement)].every((word) => {
        if (sight.statements.has(word)) return this.#findApart(file, word, edited, seen)
        const imported = sight.imports.get(word)
        if (!imported) return true
        const home = this.#target(file, imported.specifier)
        return home === undefined || !this.#touched.has(home) || this.#findApart(home, imported.name, edited, seen)
      }),
    )
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
  #namesOf(file: string, { imports }: FileSight, edited: EditedTypes): ReadonlySet<string> {
    if (file === edited.file) return edited.interfaces
    const names = [...imports].filter(
      ([, { specifier, name }]) => edited.interfaces.has(name) && this.#target(file, specifier) === edited.file,
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

  /** Whether a type is made of the properties of one that is named. */
  #meets(file: string, { inside, given }: Sight, names: ReadonlySet<string>): boolean {
    if (share(inside, names)) return true
    return [...given].some(([generic, some]) => share(some, names) && !this.#isHolder(file, generic, new Set()))
  }

  /** Whether a generic type holds what it is given, and looks at nothing of it. */
  #isHolder(file: string, name: string, seen: Set<string>): boolean {
    const key = `${file} ${name}`
    if (seen.has(key)) return true
    seen.add(key)
    const sight = this.#sightOf(file)
    const imported = sight?.imports.get(name)
    const home = imported ? this.#target(file, imported.specifier) : file
    if (!sight || home === undefined) return false
    if (imported) return this.#isHolder(home, imported.name, seen)
    const type = sight.types.get(name)
    const parameters = sight.parameters.get(name)
    if (!type?.isClear || !parameters || share(type.inside, parameters)) return false
    return [...type.given].every(([inner, some]) => !share(some, parameters) || this.#isHolder(file, inner, seen))
  }

  #sightOf(file: string): FileSight | undefined {
    const source = this.#sources.get(file)
    return source && sightOf(source)
  }

  #target(file: string, specifier: string): string | undefined {
    if (!specifier.startsWith('.')) return undefined
    const key = `${dirname(file)} ${specifier}`
    const known = this.#targets.get(key)
    if (known !== undefined || this.#targets.has(key)) return known
    const target = fileMeant(resolve(dirname(file), specifier), this.#sources)
    this.#targets.set(key, target)
    return target
  }
}

function share(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...some].some((name) => others.has(name))
}

/** Whether a type speaks of one that is meant, or of what cannot be told. */
function speaksOf(node: Node, isMeant: (name: string) => boolean): boolean {
  const names = mentionsOf(node)
  return !names || [...names].some(isMeant)
}

/** Every word in the text of a statement, names or not. */
const wordsOf = memoize((statement: Node): ReadonlySet<string> => new Set(wordsIn(statement.getText())))
