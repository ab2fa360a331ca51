/**
 * What Azure's worker gives the package `@azure/functions` under the name `@azure/functions-core`, as far as HTTP needs it.
 * Source: https://github.com/Azure/azure-functions-nodejs-worker
 */

/** A function as it was registered: what the host is told, and what it calls. */
export interface Registered {
  readonly metadata: { readonly name: string; readonly bindings: Record<string, { readonly type: string }> }
  readonly callback: unknown
}

/** How invocations are made and answered: the package's own. */
export interface ProgrammingModel {
  getCapabilities(capabilities: { HttpUri?: string }): Promise<{ HttpUri?: string }>
  getInvocationModel(invocation: object): InvocationModel
}

interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>
  invokeFunction(context: object, inputs: unknown[], callback: unknown): Promise<unknown>
  getResponse(context: object, result: unknown): Promise<unknown>
}

/** What was registered; the host reads it when the app's module has run. */
export const worker: { model?: ProgrammingModel; registered?: Registered } = {}

export function setProgrammingModel(model: ProgrammingModel): void {
  worker.model = model
}

export function registerFunction(metadata: Registered['metadata'], callback: unknown): void {
  worker.registered = { metadata, callback }
}

export function log(level: string, _category: string, text: string): void {
  if (level === 'warning' || level === 'error') console.error(text)
}
