/** A spec to start from. */
export const exampleSpec = `# What this is about

Say in a sentence or two what should be different afterwards, and for whom.

## Behaviour

- What happens for ordinary input, with an example: \`slugify("Hello, World!")\` gives \`"hello-world"\`.
- What happens at the edges: empty input, very long input, characters nobody expects.
- What is an error, and what the error says.

## Not part of it

What a reader might expect and should not get now.
`
