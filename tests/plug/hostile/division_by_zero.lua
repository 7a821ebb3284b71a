-- expect: attempt to divide by zero
return riskwheel.threat { api = 1, name = "division_by_zero", doc = "hostile",
  cycle = function(t, p, state)
    t.frequency = 1
    t.frequency = 1 // 0
  end,
}
