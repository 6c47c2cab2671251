/** Why another line is named than the wrong one, or what has to be known to find a mistake at all. */
export const CONCATENATION = 'any part of a text that is put together may be the wrong one';
export const NO_STRING = 'tk says in which map the value stands, not at which key';
export const VARIABLE = 'the line is that of the definition from which the value comes';
