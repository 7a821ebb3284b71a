-- expect: frequency is inf in future
return riskwheel.threat { api = 1, name = "result_infinite", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    t.frequency = 1 / (0 * t:uniform())
  end,
}
