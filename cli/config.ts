import type { DocumentSettings } from '../contracts/openapi/index.ts'

/** The settings of a project, as `pikku.config.ts` exports them by default. Paths are relative to that file. */
export interface Config {
  /** The file whose default export is the app. Default `src/app.ts`. */
  readonly app?: string
  /** The folder that the contracts are written to. Default `contracts`, beside `src`. */
  readonly contracts?: string
  /** The TypeScript configuration. Default: the `tsconfig.json` nearest to the app. */
  readonly tsconfig?: string
  /**
   * Whether modules that export schemas of yours are run, in a process of their own, so that `openapi.json` and the lock
   * have their refinements. Default `true`; `false` runs none of your code.
   */
  readonly runSchemas?: boolean
  /** What `openapi.json` says about the API. Title, version, description and licence are otherwise those of `package.json`. */
  readonly openapi?: Partial<DocumentSettings>
}

/**
 * Types the settings of a project.
 *
 * ```ts
 * // pikku.config.ts
 * import { defineConfig } from 'pikku/config'
 *
 * export default defineConfig({ openapi: { title: 'Todos', servers: [{ url: 'https://api.example.com' }] } })
 * ```
 */
export function defineConfig(config: Config): Config {
  return config
}
