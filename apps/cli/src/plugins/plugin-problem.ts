import { GumpError } from '@gump/errors'

/** GUMP-C007: what is listed can not be a plugin, or can not be loaded. */
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
