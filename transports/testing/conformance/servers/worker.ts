import { createWorker } from 'pikku/cloudflare'
import app from '../src/app.ts'
import { setup } from '../src/setup.ts'

export default createWorker(app, setup)
