import type { DocumentNode } from 'graphql';
import * as Urql from 'urql';
import type { PaletteTablesQuery, PaletteTablesQueryVariables, PaletteCasesQuery, PaletteCasesQueryVariables } from "../graphql.ts";

export const PaletteTablesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PaletteTables"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gamingTables"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tableId"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"pit"}}]}}]}}]}}]} as unknown as DocumentNode;

export function usePaletteTablesQuery(options?: Omit<Urql.UseQueryArgs<PaletteTablesQueryVariables>, 'query'>) {
  return Urql.useQuery<PaletteTablesQuery, PaletteTablesQueryVariables>({ query: PaletteTablesDocument, ...options });
};
export const PaletteCasesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PaletteCases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ctrCaseSummaries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"CASE_ID_DESC"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"caseId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"cardNo"}},{"kind":"Field","name":{"kind":"Name","value":"gamingDay"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}}]} as unknown as DocumentNode;

export function usePaletteCasesQuery(options?: Omit<Urql.UseQueryArgs<PaletteCasesQueryVariables>, 'query'>) {
  return Urql.useQuery<PaletteCasesQuery, PaletteCasesQueryVariables>({ query: PaletteCasesDocument, ...options });
};