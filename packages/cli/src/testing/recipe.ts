/** A job's recipe in YAML. */
export const jobNamed = (name: string, rest = ""): string => `type: job
spec:
  name: ${name}
  image: acme/ada/python:host
  instance_type: small
  command: echo hello
${rest}`;
