// What the generated mixins share: how a message shows a wrong argument, and patterns.
{
  // The end of a message: the type and the value that came, cut to 120 characters.
  got(value)::
    local text = if self.hasFunction(value) then '' else std.manifestJsonMinified(value);
    local shown = if std.length(text) > 120 then std.substr(text, 0, 117) + '...' else text;
    ', got ' + std.type(value) + (if shown == '' || shown == 'null' then '' else ' ' + shown),

  // Whether there is a function in the value, which cannot be shown.
  hasFunction(value)::
    if std.isArray(value) then std.any(std.map(self.hasFunction, value))
    else if std.isObject(value) then self.hasFunction(std.objectValues(value))
    else std.isFunction(value),

  // The same for a secret: the type alone.
  gotSecret(value):: ', got ' + std.type(value) + ' (not shown)',

  // A function that says whether a pattern matches a value: Tanka's own regular expressions where they are there,
  // else the automaton that was made from the same pattern, so that plain jsonnet gives the same answer.
  matcher(automata)::
    local native = std.native('regexMatch');
    if native == null
    then function(pattern, value) self.accepts(automata[pattern], value)
    else native,

  // Runs a deterministic automaton: `classes` gives the class of each ASCII character (`other` is the class
  // of all beyond), `next[state]` the state that a class leads to; no entry means no match.
  accepts(automaton, value)::
    local class(character) =
      local code = std.codepoint(character);
      if code < 128 then automaton.classes[code] else automaton.other;
    local step(state, character) =
      if state == null then null
      else std.get(automaton.next[state], class(character));
    local end = std.foldl(step, std.stringChars(value), 0);
    end != null && std.member(automaton.accepting, end),
}
