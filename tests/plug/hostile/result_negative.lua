-- expect: frequency is -1 in future 0, it must be from 0 to
return riskwheel.threat { api = 1, name = "result_negative", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    t.frequency = -1
  end,
}
