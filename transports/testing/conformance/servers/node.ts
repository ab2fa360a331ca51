import { serve } from '../../../node.ts'
import app from '../src/app.ts'
import { setup } from '../src/setup.ts'

const { url } = await serve(app, { ...setup(), port: 0 })
console.log(url)
