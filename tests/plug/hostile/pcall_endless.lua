-- expect: ran more than
return riskwheel.threat { api = 1, name = "pcall_endless", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    while true do pcall(error, "again") end
  end,
}
