// A page, and every kind of worker of a browser: the app is where the script came from.
import { run } from './run.ts'

void run(location.origin)
