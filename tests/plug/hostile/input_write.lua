-- expect: threat.years is given by the engine
return riskwheel.threat { api = 1, name = "input_write", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    t.years = 10
  end,
}
