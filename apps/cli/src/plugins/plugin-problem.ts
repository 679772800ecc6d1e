import { GumpError } from '@gump/errors'

/** GUMP-C007: what is listed cannot be a plugin, or cannot be loaded. */
export function pluginProblem(
  name: string,
  message: string,
  { remedy, cause }: { readonly remedy?: string; readonly cause?: unknown } = {},
): GumpError {
  return new GumpError('GUMP-C007', message, {
    data: { package: name },
    ...(remedy === undefined ? {} : { remedy }),
    ...(cause === undefined ? {} : { cause }),
  })
}
