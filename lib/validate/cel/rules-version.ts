/**
 * Names the form in which the rules of CRDs are kept beside a validator. Raise it with every change of `RulePlan` or of what
 * makes one: rules of another version are not used.
 */
export const RULES_VERSION = 'rules 2';
