// Whether a string matches a pattern: by Tanka's regular expressions, which are those of the API server (RE2). Without
// them, as under plain jsonnet, patterns are left to `tankard validate`.
local native = std.native('regexMatch');

function(pattern, value) native == null || native(pattern, value)
