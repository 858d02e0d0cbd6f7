type Form = (particular: string) => string;

// What doesn't look like what is expected, as "no" where a figure is missing, stays as the database
// wrote it: a sentence holds people's own words too.

const only =
  (shape: RegExp) =>
  (form: Form): Form =>
  (particular) =>
    shape.test(particular) ? form(particular) : particular;

export const ifFigure = only(/^-?[\d,]*\.?\d+$/);
export const ifDay = only(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
export const ifMoment = only(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d$/);
