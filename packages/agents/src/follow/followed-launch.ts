import type { LaunchRequest, ProcessLaunch } from '../contract.js'
import { ownProgram } from '../launch/own-program.js'
import type { FollowedFiles } from './followed-files.js'

/** The part of a launch that says what is started. */
type Start = Pick<ProcessLaunch, 'file' | 'args'>

/** Starts a program with {@link FollowedFiles} put into its stream, by way of a program of this package. */
export function followedLaunch(request: LaunchRequest, { file, args }: Start, files: FollowedFiles): Start {
  return {
    file: 'node',
    args: [ownProgram('follow'), JSON.stringify(files), request.program ?? file, ...args],
  }
}
