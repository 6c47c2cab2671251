// Why another line is named than the wrong one.
export const CONCATENATION = 'any part of a text that is put together may be the wrong one';
export const VARIABLE = 'the line is that of the definition from which the value comes';
export const EITHER_BOUND = 'the request may be the wrong one as well as the limit';

// What has to be known to find a mistake.
export const API_SERVER = 'what only the code of the API server checks';
export const SECRET_PLACE = 'a rule that looks for the Secret in the namespace of who reads it';
