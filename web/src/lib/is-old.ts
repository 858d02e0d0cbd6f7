import { type AnyVariables, type Operation, stringifyVariables } from "urql";

/** While an answer is awaited urql still hands out the one before, which is to what was asked before. */
export function isOld(operation: Operation | undefined, variables: AnyVariables): boolean {
  return operation !== undefined && stringifyVariables(operation.variables) !== stringifyVariables(variables);
}
