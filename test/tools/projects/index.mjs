import { c } from './c.mjs'
import { javascript } from './javascript.mjs'
import { others } from './others.mjs'

/** Every tool, with a project that uses it and the changes that are tried on it. */
export const projects = [...javascript, ...c, ...others]

/** What is tried: a change that keeps the tests passing, one that breaks them, one that bends them, one that looks outside. */
export const changes = ['good', 'broken', 'bent', 'outside']
