-- .luacheckrc -- plugins see the names of the sandbox and no others.
std = {
   read_globals = {
      "riskwheel", "vec",
      "assert", "error", "ipairs", "pairs", "pcall", "rawequal", "rawget", "rawlen",
      "rawset", "select", "setmetatable", "tonumber", "tostring", "type",
      math = { fields = {
         "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod",
         "huge", "log", "max", "maxinteger", "min", "mininteger", "modf", "pi", "rad",
         "sin", "sqrt", "tan", "tointeger", "type", "ult" } },
      string = { fields = {
         "byte", "char", "find", "format", "len", "lower", "rep", "reverse", "sub",
         "upper" } },
      table = { fields = { "concat", "insert", "pack", "remove", "sort", "unpack" } },
   },
}
max_line_length = 110
unused_args = false -- the signature of a plugin's function is given
