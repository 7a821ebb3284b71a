-- expect: attempt to index a string value
return riskwheel.threat { api = 1, name = "string_poison", doc = "hostile",
  cycle = function(t)
    t.frequency = 1
    local s = "x"
    s.rep = function() return "poison" end
  end,
}
