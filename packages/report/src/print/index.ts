export { findBrowser } from './browser.ts'
export { hasJapaneseFont } from './fonts.ts'
export { type PrintOptions, printPdf } from './pdf.ts'
