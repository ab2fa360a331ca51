import { createAppObject, type ObjectNamespace, objectHub, toObject } from 'pikku/cloudflare'
import app from '../src/app.ts'
import { setup } from '../src/setup.ts'

interface Env {
  readonly APP: ObjectNamespace
}

export const App = createAppObject(app, (_env: Env, { storage }) => {
  const { services, ...options } = setup()
  return { ...options, services: { ...services, hub: () => objectHub(storage) } }
})

export default toObject((env: Env) => env.APP)
