export { printAsyncApi } from './document.ts'
