/** A whole recipe, as small as one can be. */
export const example = `  type: job
  spec:
    name: hello
    image: local/admin/python:host
    instance_type: micro
    command: python3 -c "print('hello')"
`;
