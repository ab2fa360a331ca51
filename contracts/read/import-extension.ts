import { type CompilerOptions, ModuleKind, ModuleResolutionKind } from 'typescript/sync'

/** How one TypeScript file of a project names another: `./todos.ts`, `./todos.js` or `./todos`. */
export type ImportExtension = '.ts' | '.js' | ''

/** How generated files must import each other so that the project's own compiler, and what runs its output, finds them. */
export function importExtensionOf(options: CompilerOptions): ImportExtension {
  if (options.allowImportingTsExtensions || options.rewriteRelativeImportExtensions) return '.ts'
  const { module = ModuleKind.ESNext, moduleResolution } = options
  const byModule = module >= ModuleKind.Node16 && module <= ModuleKind.NodeNext
  const byResolution =
    moduleResolution === ModuleResolutionKind.Node16 || moduleResolution === ModuleResolutionKind.NodeNext
  return byModule || byResolution ? '.js' : ''
}
