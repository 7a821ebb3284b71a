-- expect: frequency is nan in future 0
return riskwheel.threat { api = 1, name = "result_nan", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    t.frequency = 0 / 0
  end,
}
