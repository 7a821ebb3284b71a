-- expect: error() was called with a table value
return riskwheel.threat { api = 1, name = "error_table", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    error(setmetatable({}, { __tostring = function() while true do end end }))
  end,
}
